create table t (id int primary key, v text);
create table up (id int primary key);
create table down (id int primary key, up_id int references up);
create table other (id int primary key);
insert into up values (1);
insert into down values (1, 1);
