update t set photo = 'cd12' where id = 1;
update t set photo = 'ab99' where id = 2;
