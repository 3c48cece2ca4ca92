create schema a;
create schema b;
create table a.t (id int primary key, name text not null);
create table b.t (id int primary key, name text not null);
create table t (id int primary key, name text not null);
insert into a.t values (1, 'x'), (2, 'x');
insert into b.t values (1, 'x'), (2, 'x'), (3, 'x');
insert into t values (1, 'x'), (3, 'x');
do $$ begin execute format('alter database %I set search_path = b, a', current_database()); end $$;
