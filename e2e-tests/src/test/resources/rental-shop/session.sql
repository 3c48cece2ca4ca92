-- Copyright The Freshet Authors
-- SPDX-License-Identifier: Apache-2.0

-- One transaction a line.
update country set country = 'Norway' where country_id = 1;
update country set last_update = now();
insert into rental (rental_id, inventory_id, customer_id) values (903, 51, 1002);
update inventory set store_id = 2 where inventory_id = 51;
update address set city_id = 12 where address_id = 101;
update address set postal_code = '22222' where address_id = 102;
update store set manager_staff_id = 7 where store_id = 1;
update staff set username = 'sigrun' where staff_id = 5;
update staff set store_id = 2 where staff_id = 7;
update customer set email = 'd@example.org' where customer_id in (1000, 1003);
update customer set customer_id = 2000 where customer_id = 1000;
update language set name = 'nynorsk' where language_id = 1;
update film set title = 'Fjorden' where film_id = 8;
update film set last_update = now() where film_id = 9;
insert into film_actor (actor_id, film_id) values (3, 10);
update film_actor set film_id = 9 where actor_id = 3 and film_id = 10;
update actor set actor_id = 33 where actor_id = 3;
update shelf set code = 'C' where store_id = 1 and code = 'A';
update shelf set label = 'center' where store_id = 2;
delete from customer where customer_id = 1001;
truncate shelf cascade;
