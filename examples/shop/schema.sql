-- Copyright The Freshet Authors
-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE category (id int PRIMARY KEY, name text NOT NULL);
CREATE TABLE product (
    id int PRIMARY KEY,
    category_id int NOT NULL REFERENCES category,
    name text NOT NULL,
    price_cents int NOT NULL);
CREATE TABLE stock (product_id int PRIMARY KEY REFERENCES product, amount int NOT NULL);
CREATE TABLE review (
    id int PRIMARY KEY,
    product_id int NOT NULL REFERENCES product,
    stars int NOT NULL,
    body text NOT NULL);
CREATE TABLE cart_line (
    customer_id int,
    product_id int REFERENCES product,
    amount int NOT NULL,
    PRIMARY KEY (customer_id, product_id));

INSERT INTO category VALUES (1, 'Books'), (2, 'Games');
INSERT INTO product VALUES (1, 1, 'Atlas', 4000), (2, 1, 'Chess for two', 1500), (3, 2, 'Dominoes', 900);
INSERT INTO stock VALUES (1, 10), (3, 2);
INSERT INTO review VALUES (1, 1, 5, 'Heavy'), (2, 1, 4, 'Large');
INSERT INTO cart_line VALUES (1, 1, 1), (1, 3, 2), (2, 2, 1);
