create table t (id int primary key, v int not null);
insert into t values (1, 0), (2, 0);
