update org set name = 'Green' where id = 1;
