update shop set nr = 9 where country = 'de' and nr = 2;
delete from shop where country = 'de' and nr = 1;
