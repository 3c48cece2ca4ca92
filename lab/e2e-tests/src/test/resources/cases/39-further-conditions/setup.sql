create table file (id int primary key, name text, bytes bigint, expires_at timestamptz);
create table file_tag (id int primary key, file_id int, tag text, deleted_at timestamptz);
alter table file replica identity full;
alter table file_tag replica identity full;
insert into file values
    (1, 'a.txt', 10, '2030-01-01 00:00:00+00'),
    (2, 'b.png', 2000, 'infinity'),
    (3, 'c.txt', 500, '2020-01-01 00:00:00+00');
insert into file_tag values (1, 1, 'x', null), (2, 2, 'y', now()), (3, 3, 'z', null);
