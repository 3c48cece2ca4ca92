create schema "My Schema";
create table "My Schema"."Order Items" ("Id" int primary key, "select" text not null, "Größe" int, "a ""b""" text);
create table "My Schema"."Orders" ("Order" int primary key, "First Item" int references "My Schema"."Order Items", "Name" text);
alter table "My Schema"."Order Items" replica identity full;
alter table "My Schema"."Orders" replica identity full;
insert into "My Schema"."Order Items" values (1, 'x', 3, 'q'), (2, 'y', 4, 'r');
insert into "My Schema"."Orders" values (10, 1, 'o'), (20, 2, 'p');
