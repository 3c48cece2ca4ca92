insert into t values (3, 'c', 0);
