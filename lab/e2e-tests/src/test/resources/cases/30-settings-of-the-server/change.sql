update t set n = 1 where id = 1;
update t set f = 0.1::float8 + 1e-17::float8 * 4, b = '\x6162' where id = 2;
