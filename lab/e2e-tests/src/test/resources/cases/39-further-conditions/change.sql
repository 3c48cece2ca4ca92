update file_tag set tag = 'xx' where id = 1;
update file_tag set tag = 'yy' where id = 2;
insert into file_tag values (4, 3, 'w', now());
update file set name = 'aa.txt' where id = 1;
update file set name = 'bb.png' where id = 2;
update file set bytes = 1500 where id = 3;
