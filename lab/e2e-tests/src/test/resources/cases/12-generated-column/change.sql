update gen set name = 'XyZ' where id = 1;
