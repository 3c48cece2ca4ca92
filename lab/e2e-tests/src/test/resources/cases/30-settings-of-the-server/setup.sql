create table t (id int primary key, d date, ts timestamp, tz timestamptz, b bytea, f float8, n int);
alter table t replica identity full;
insert into t values (1, '2026-02-03', '2026-02-03 04:05:06', '2026-02-03 04:05:06+00', '\x61622020', 0.1, 0),
    (2, '2026-03-02', '2026-03-02 04:05:06', '2026-03-02 04:05:06+00', '\x6162', 0.1, 0);
