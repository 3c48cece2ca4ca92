update t set v = 1 where id = 1;
