create table folder (id int primary key, parent_id int references folder, name text, owner text);
create table file (id int primary key, folder_id int references folder, bytes int);
alter table folder replica identity full;
alter table file replica identity full;
insert into folder values (1, null, 'a', 'x'), (2, 1, 'b', 'x'), (3, 2, 'c', 'x'), (4, 3, 'd', 'x'), (5, null, 'e', 'x'), (6, 5, 'f', 'x');
insert into file values (10, 4, 1), (11, 6, 1);
