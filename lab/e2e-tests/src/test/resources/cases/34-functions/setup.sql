create table t (
    id int primary key,
    email text,
    moment timestamptz,
    local timestamp,
    day date,
    odd timestamptz,
    name varchar(40),
    nick text
);
alter table t replica identity full;
insert into t values
    (1, 'Ada@Example.org', '2025-01-01 00:30:00+01', '2024-12-31 23:30:00', '2024-12-30', '2024-01-01', 'Zürich', null),
    (2, 'Bob@Example.org', '2024-05-01 00:00:00+00', '2024-05-01 00:00:00', '2024-05-01', 'infinity', 'Ulm', ' bob ');
