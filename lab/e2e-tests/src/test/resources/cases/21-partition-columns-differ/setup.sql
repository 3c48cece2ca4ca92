create table reading (id int not null, day date not null, place text not null, v int, primary key (id, day))
    partition by range (day);
create table reading_old (gone text, v int, place text not null, day date not null, id int not null, primary key (id, day));
alter table reading_old drop column gone;
create table reading_new partition of reading for values from ('2026-01-01') to ('2027-01-01');
alter table reading attach partition reading_old for values from ('2025-01-01') to ('2026-01-01');
alter table reading_old replica identity full;
alter table reading_new replica identity full;
insert into reading values (1, '2025-05-01', 'a', 0), (2, '2025-05-01', 'b', 0), (3, '2026-05-01', 'c', 0), (4, '2025-05-01', 'd', 0);
