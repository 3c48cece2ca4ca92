begin; update t set v = 1 where id = 1; prepare transaction 'case26_a';
begin; update t set v = 1 where id = 2; savepoint s; update t set v = 1 where id = 3; rollback to s; prepare transaction 'case26_b';
begin; update t set v = 1 where id = 4; prepare transaction 'case26_c';
update t set v = 1 where id = 5;
commit prepared 'case26_b';
rollback prepared 'case26_c';
commit prepared 'case26_a';
