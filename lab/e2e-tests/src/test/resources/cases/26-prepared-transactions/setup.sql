create table t (id int primary key, v int not null);
alter table t replica identity full;
insert into t select g, 0 from generate_series(1, 6) g;
