begin;
update folder set parent_id = 5 where id = 3;
update file set bytes = 2 where id = 10;
commit;
