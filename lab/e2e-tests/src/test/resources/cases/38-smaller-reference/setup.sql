create table place (id int primary key, name text not null);
create table routing (job int, step smallint, place_id smallint not null references place, primary key (job, step));
alter table place replica identity full;
alter table routing replica identity full;
insert into place values (1, 'near'), (2, 'other');
insert into routing values (7, 1, 1), (8, 1, 2);
