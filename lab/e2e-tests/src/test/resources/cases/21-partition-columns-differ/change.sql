update reading set day = '2026-02-01', place = 'z' where id = 1;
update reading set v = 1 where id = 2;
update reading set day = '2025-03-01' where id = 3;
