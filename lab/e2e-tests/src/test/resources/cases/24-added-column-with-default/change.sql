update t set slug = 'one' where id = 1;
delete from t where id = 2;
