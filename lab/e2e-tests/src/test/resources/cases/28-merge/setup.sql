create table t (id int primary key, v int not null);
alter table t replica identity full;
insert into t values (1, 0), (2, 0), (3, 0);
