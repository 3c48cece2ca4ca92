update t set other = '1' where id = 1;
