-- Copyright The Freshet Authors
-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE category (id bigint PRIMARY KEY, name text NOT NULL);
CREATE TABLE product (
    id bigint PRIMARY KEY,
    category_id bigint NOT NULL REFERENCES category,
    name text NOT NULL,
    stock int NOT NULL);
ALTER TABLE category REPLICA IDENTITY FULL;
ALTER TABLE product REPLICA IDENTITY FULL;
INSERT INTO category VALUES (1, 'desk');
INSERT INTO product VALUES (1, 1, 'pen', 1000000), (2, 1, 'ink', 1000000), (3, 1, 'lamp', 1000000);
