create table maker (id int primary key, name text not null);
create table product (id int primary key, name text not null, maker int not null references maker);
insert into maker values (7, 'Mill'), (8, 'Farm');
insert into product values (1, 'tea', 7), (2, 'milk', 8);
