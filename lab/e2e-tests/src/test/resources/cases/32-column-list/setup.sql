create table t (id int primary key, slug text not null, v int);
alter table t replica identity full;
insert into t values (1, 'a', 0), (2, 'b', 0);
create publication freshet for table t (id, v)
    with (publish = 'insert, update, delete, truncate', publish_via_partition_root = true);
