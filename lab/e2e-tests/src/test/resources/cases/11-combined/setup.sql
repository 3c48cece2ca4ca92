-- A key from a value that is stored out of line, and does not change.
create table toast (id int primary key, big text not null, n int not null);
alter table toast alter big set storage external;
alter table toast replica identity full;
insert into toast values (1, repeat('k', 9000), 0), (2, repeat('j', 9000), 0);

create table part (id int, region text, v int not null, primary key (id, region)) partition by list (region);
create table part_eu partition of part for values in ('eu') partition by range (id);
create table part_eu_1 partition of part_eu for values from (0) to (100);
create table part_def partition of part default;
insert into part values (1, 'eu', 0), (2, 'us', 0), (3, 'eu', 0);

create table country (id int primary key, name text not null);
create table city (id int primary key, name text not null,
    country_id int references country on delete cascade on update cascade);
create table customer (id int primary key, name text not null, city_id int references city on delete set null);
alter table country replica identity full;
alter table city replica identity full;
alter table customer replica identity full;
insert into country values (1, 'A'), (2, 'B');
insert into city values (1, 'x', 1), (2, 'y', 2);
insert into customer values (10, 'p', 1), (11, 'q', 1), (20, 'r', 2);

create table nopk (code text not null, v int);
alter table nopk replica identity full;
create unique index on nopk (code);
insert into nopk values ('a', 1), ('b', 1);

create table swap (id int primary key, pos int not null unique deferrable initially deferred);
alter table swap replica identity full;
insert into swap values (1, 1), (2, 2), (3, 3);

create table ri (id int primary key, ext text not null unique, v int not null);
alter table ri replica identity using index ri_ext_key;
insert into ri values (1, 'e1', 0), (2, 'e2', 0);

create table sp (id int primary key, v int not null);
alter table sp replica identity full;
insert into sp values (1, 0), (2, 0), (3, 0);

create table trg (id int primary key, v int not null);
insert into trg values (1, 0), (2, 0);
create table plain (id int primary key);
create function f_trg() returns trigger language plpgsql as $$
begin
    update trg set v = v + 1 where id = 1;
    return null;
end $$;
create trigger tr after insert on plain for each statement execute function f_trg();

create table big (id int primary key, v text not null);
insert into big select g, md5(g::text) from generate_series(1, 60000) g;

create table ups (id int primary key, v int not null);
alter table ups replica identity full;
insert into ups values (1, 0), (2, 0), (3, 0), (4, 0);

create table num (id int primary key, j json, jb jsonb, n numeric, a int[], h text[], x xml, tz timetz, iv interval,
    m money, pt point, tr tstzrange, oidv oidvector, f float8);
alter table num replica identity full;
insert into num values
    (1, '{"a":"\u0000"}', '{"a":1}', 'NaN', array[[1,2],[3,null]], array['a,b','"q"',null], '<a/>', '10:00+05:30',
        '1 mon -3 days', 1.5, '(1,2)', '[2024-01-01,)', '1 2', 'NaN'),
    (2, null, null, 'Infinity', null, null, null, null, null, null, null, null, null, null);
