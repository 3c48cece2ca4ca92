update t set w = 1 where id = 1;
alter table t add column slug text;
update t set slug = v;
update t set w = 2 where id = 1;
