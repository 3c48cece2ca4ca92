update node set name = 'x' where id = 1;
update way set name = 'x' where id = 2;
update member set element_type = 'Way' where relation_id = 5;
update relation set name = 'x' where id = 6;
delete from relation where id = 8;
