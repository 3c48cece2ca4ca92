create table org (id int primary key, name text not null, slug text not null);
create table member (id int primary key, org_id int not null references org, name text not null, tenant text not null);
alter table org replica identity full;
alter table member replica identity full;
insert into org values (1, 'Blue', 'blue');
insert into member values (7, 1, 'Ada', 'acme');
alter table member enable row level security;
alter table member force row level security;
create policy tenant_isolation on member using (tenant = current_setting('app.tenant', true));
create role case08 login replication password 'case08';
grant select on org, member to case08;
create publication freshet for table org, member
    with (publish = 'insert, update, delete, truncate', publish_via_partition_root = true);
select pg_create_logical_replication_slot('case08', 'pgoutput');
