update t set l = 'z' where id = 1;
