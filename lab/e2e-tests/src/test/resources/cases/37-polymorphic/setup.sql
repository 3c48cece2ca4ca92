create type element as enum ('Node', 'Way');
create table relation (id bigint primary key, name text);
create table node (id bigint primary key, name text);
create table way (id bigint primary key, name text);
create table member (
    relation_id bigint not null references relation on delete cascade,
    sequence int not null,
    element_type element not null,
    element_id bigint not null,
    primary key (relation_id, sequence)
);
alter table member replica identity full;
insert into relation select i, 'r' || i from generate_series(1, 8) i;
insert into node select i, 'n' || i from generate_series(1, 5) i;
insert into way select i, 'w' || i from generate_series(1, 5) i;
insert into member values
    (1, 1, 'Node', 1), (2, 1, 'Way', 1),
    (3, 1, 'Node', 2), (4, 1, 'Way', 2),
    (5, 1, 'Node', 3), (6, 1, 'Node', 4), (7, 1, 'Way', 4), (8, 1, 'Way', 5);
