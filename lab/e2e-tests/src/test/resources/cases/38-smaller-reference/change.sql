begin;
insert into place values (40000, 'far');
update place set name = 'farther' where id = 40000;
update place set name = 'nearer' where id = 1;
commit;
