update t set note = 'short' where id = 1;
delete from t where id = 2;
update f set n = 1 where id = 1;
update f set doc = 'short' where id = 2;
delete from f where id = 3;
