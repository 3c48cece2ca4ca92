-- The mapping does not name the column photo.
create table t (id int primary key, name text not null, photo bytea);
insert into t values (1, 'a', 'abc');
do $$ begin execute format('alter database %I set bytea_output = ''escape''', current_database()); end $$;
