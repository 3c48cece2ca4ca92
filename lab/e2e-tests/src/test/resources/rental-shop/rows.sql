-- Copyright The Freshet Authors
-- SPDX-License-Identifier: Apache-2.0

insert into country (country_id, country) values (1, 'Norge'), (2, 'Sverige');
insert into city (city_id, city, country_id) values (10, 'Bergen', 1), (11, 'Oslo', 1), (12, 'Lund', 2);
insert into address (address_id, address, city_id) values
    (100, 'Strandgaten 1', 10), (101, 'Karl Johans gate 2', 11), (102, 'Storgatan 3', 12), (103, 'Kungsgatan 4', 12);
insert into store (store_id, address_id) values (1, 100), (2, 103);
insert into staff (staff_id, store_id, username) values (5, 1, 'sigrid'), (6, 2, 'nils'), (7, 1, 'liv');
update store set manager_staff_id = 5 where store_id = 1;
update store set manager_staff_id = 6 where store_id = 2;
insert into customer (customer_id, store_id, address_id, email) values
    (1000, 1, 100, 'a@example.org'), (1001, 1, 101, 'b@example.org'), (1002, 2, 102, 'c@example.org'),
    (1003, 2, 102, null);
insert into language (language_id, name) values (1, 'norsk'), (2, 'svenska');
insert into film (film_id, title, description, language_id, original_language_id) values
    (8, 'Fjord', repeat('water ', 2000), 1, null), (9, 'Skog', repeat('wood ', 2000), 2, 1), (10, 'Snø', null, 1, 2);
insert into actor (actor_id, name) values (3, 'Ask'), (4, 'Embla');
insert into film_actor (actor_id, film_id) values (3, 8), (4, 8), (4, 9);
insert into inventory (inventory_id, film_id, store_id) values (50, 8, 1), (51, 9, 1), (52, 9, 2);
insert into rental (rental_id, inventory_id, customer_id) values (900, 50, 1000), (901, 51, 1001), (902, 52, 1000);
insert into shelf (store_id, code, label) values (1, 'A', 'left'), (1, 'B', 'right'), (2, 'A', 'middle');
insert into shelf_item (store_id, shelf_code, film_id) values (1, 'A', 8), (1, 'A', 9), (2, 'A', 9);
