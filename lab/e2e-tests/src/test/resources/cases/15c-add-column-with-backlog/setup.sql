create table t (id int primary key, v text not null, w int);
alter table t replica identity full;
insert into t values (1, 'a', 0), (2, 'b', 0);
