create table t (id int primary key, code text not null unique, doc text, note text);
alter table t alter doc set storage external, alter note set storage external;
alter table t replica identity using index t_code_key;
create table f (id int primary key, doc text, n int);
alter table f alter doc set storage external;
alter table f replica identity full;
insert into t select g, 'c' || g, repeat('d', 9000), repeat('n', 9000) from generate_series(1, 4) g;
insert into f select g, repeat('d', 9000), 0 from generate_series(1, 4) g;
