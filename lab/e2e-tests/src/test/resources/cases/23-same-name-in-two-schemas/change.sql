update a.t set name = 'y' where id = 1;
update b.t set name = 'y' where id = 2;
update public.t set name = 'y' where id = 3;
