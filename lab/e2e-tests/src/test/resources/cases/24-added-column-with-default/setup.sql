create table t (id int primary key, v text not null);
alter table t replica identity full;
insert into t values (1, 'a'), (2, 'b'), (3, 'c');
alter table t add column slug text not null default 'none', add column n int default 7;
