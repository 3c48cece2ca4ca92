update member set deleted_at = now() where id = 1;
update member set name = 'bb' where id = 2;
update member set status = 'paid' where id = 3;
update member set status = 'sent' where id = 4;
update team set name = 'Green' where id = 8;
