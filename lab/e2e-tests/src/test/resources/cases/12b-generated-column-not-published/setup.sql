create table gen (id int primary key, name text not null, slug text generated always as (lower(name)) stored);
alter table gen replica identity full;
insert into gen values (1, 'AbC'), (2, 'Other');

