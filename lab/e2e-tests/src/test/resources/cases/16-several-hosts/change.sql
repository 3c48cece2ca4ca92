update t set name = 'b' where id = 1;
