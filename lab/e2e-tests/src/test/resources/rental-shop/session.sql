-- Copyright The Freshet Authors
-- SPDX-License-Identifier: Apache-2.0

-- One transaction a line, and behind it the keys that it makes stale: worked out by hand from rows.sql and
-- deploy/mappings/rental-shop.yaml.
update country set country = 'Norway' where country_id = 1; -- country:1 customer:1000 customer:1001
update country set last_update = now(); --
insert into rental (rental_id, inventory_id, customer_id) values (903, 51, 1002); -- stock:1:9 customer:1002:rentals
update inventory set store_id = 2 where inventory_id = 51; -- stock:1:9 stock:2:9
update address set city_id = 12 where address_id = 101; -- customer:1001
update address set postal_code = '22222' where address_id = 102; -- customer:1002 customer:1003
update city set city = 'Malmø' where city_id = 12; -- customer:1001 customer:1002 customer:1003
update store set manager_staff_id = 7 where store_id = 1; -- store:1 manager:sigrid:store manager:liv:store
update staff set username = 'live' where staff_id = 7; -- staff:7 store:1:staff manager:liv:store manager:live:store
update staff set store_id = 2 where staff_id = 5; -- staff:5 store:1:staff store:2:staff
update staff set active = false where staff_id = 6; -- staff:6 store:2:staff
update customer set email = 'd@example.org' where customer_id in (1000, 1003); -- customer:1000 customer:1003 customer-by-email:a@example.org customer-by-email:d@example.org
update customer set customer_id = 2000 where customer_id = 1000; -- customer:1000 customer:2000 customer-by-email:d@example.org customer:1000:rentals customer:2000:rentals stock:1:8 stock:2:9
update language set name = 'nynorsk' where language_id = 1; -- film:8 film:9 film:10
update film set title = 'Fjorden' where film_id = 8; -- film:8 actor:3:films actor:4:films
update film set description = 'short' where film_id = 9; -- film:9
update film set last_update = now() where film_id = 9; --
insert into film_actor (actor_id, film_id) values (3, 10); -- film:10:actors actor:3:films
update film_actor set film_id = 9 where actor_id = 3 and film_id = 10; -- film:10:actors film:9:actors actor:3:films
update actor set actor_id = 33 where actor_id = 3; -- actor:3 actor:33 film:8:actors film:9:actors actor:3:films actor:33:films
update shelf set code = 'C' where store_id = 1 and code = 'A'; -- shelf:1:A shelf:1:C store:1:shelves shelf:1:A:films shelf:1:C:films
update shelf set label = 'center' where store_id = 2; -- shelf:2:A store:2:shelves
delete from shelf_item where store_id = 2; -- shelf:2:A:films
delete from customer where customer_id = 1001; -- customer:1001 customer-by-email:b@example.org customer:1001:rentals stock:2:9
truncate shelf cascade; -- shelf:* store:*:shelves
