create table shop (country text, nr int, name text not null, primary key (country, nr));
create table dept (id int primary key, country text, nr int, name text not null,
    foreign key (country, nr) references shop on delete cascade on update cascade);
create table clerk (id int primary key, dept_id int references dept on delete set null, name text not null);
create table note (id int primary key, dept_id int default 3 references dept on delete set default, text text);
alter table shop replica identity full;
alter table dept replica identity full;
alter table clerk replica identity full;
alter table note replica identity full;
insert into shop values ('de', 1, 'a'), ('de', 2, 'b'), ('fr', 1, 'c');
insert into dept values (1, 'de', 1, 'x'), (2, 'de', 2, 'y'), (3, 'fr', 1, 'z');
insert into clerk values (10, 1, 'p'), (20, 2, 'q'), (30, 3, 'r');
insert into note values (100, 1, 't'), (300, 3, 'u');
