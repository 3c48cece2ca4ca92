update t set slug = 'ONCE' where id = 1;
update t set slug = 'never' where id = 3;
update even set slug = 'Pair' where id = 2;
set session_replication_role = replica;
update t set slug = 'AS IT IS' where id = 4;
