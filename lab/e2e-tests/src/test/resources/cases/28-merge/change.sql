merge into t using (values (1, 5), (2, -1), (3, 0), (4, 4)) s (id, v) on t.id = s.id
    when matched and s.v < 0 then delete
    when matched and s.v = t.v then do nothing
    when matched then update set v = s.v
    when not matched then insert values (s.id, s.v);
