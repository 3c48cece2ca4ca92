-- Copyright The Freshet Authors
-- SPDX-License-Identifier: Apache-2.0
--
-- Each line is a transaction. Behind it stand the keys that go, of those that reader.py had cached.
UPDATE product SET price_cents = 3500 WHERE id = 1; -- product:1 category:1:products cart:1
UPDATE category SET name = 'Literature' WHERE id = 1; -- category:1 product:1 product:2
UPDATE product SET category_id = 2 WHERE id = 2; -- product:2 category:1:products category:2:products
INSERT INTO review VALUES (3, 3, 2, 'One is missing'); -- product:3
UPDATE review SET body = 'Very heavy' WHERE id = 1; --
UPDATE stock SET amount = amount - 1 WHERE product_id IN (1, 3); -- product:1 product:3
DELETE FROM cart_line WHERE customer_id = 1 AND product_id = 3; -- cart:1
DELETE FROM review WHERE product_id = 1; -- product:1
