create table t (id int primary key, name text not null, photo bytea);
alter table t replica identity full;
insert into t values (1, 'a', 'ab12'), (2, 'a', 'ab12'), (3, 'a', 'ab12');
do $$ begin execute format('alter database %I set bytea_output = ''escape''', current_database()); end $$;
