create table team (id int primary key, name text);
create table member (
    id int primary key,
    team_id int,
    name text,
    status text,
    active boolean,
    deleted_at timestamptz
);
alter table team replica identity full;
alter table member replica identity full;
insert into team values (7, 'Blue'), (8, 'Red');
insert into member values
    (1, 7, 'a', 'draft', true, null),
    (2, 8, 'b', 'draft', true, now()),
    (3, 8, 'c', 'draft', false, null),
    (4, 9, 'd', 'paid', true, null);
