-- Copyright The Freshet Authors
-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE tenant (id int PRIMARY KEY, slug text NOT NULL UNIQUE, name text NOT NULL);
CREATE TABLE project (
    id int PRIMARY KEY,
    tenant_id int NOT NULL REFERENCES tenant,
    name text NOT NULL,
    archived_at timestamptz);
CREATE TABLE member (id int PRIMARY KEY, tenant_id int NOT NULL REFERENCES tenant, email text NOT NULL, last_seen timestamptz);
CREATE TABLE invoice (
    id int PRIMARY KEY,
    tenant_id int NOT NULL REFERENCES tenant,
    cents int NOT NULL,
    paid_at timestamptz);

INSERT INTO tenant VALUES (1, 'north', 'North Ltd'), (2, 'south', 'South Ltd');
INSERT INTO project VALUES (1, 1, 'Bridge'), (2, 1, 'Tunnel'), (3, 2, 'Harbour');
INSERT INTO member VALUES (1, 1, 'One@North.example'), (2, 2, 'two@south.example');
INSERT INTO invoice VALUES (1, 1, 700, '2026-03-10 12:00+00'), (2, 2, 900, '2026-03-31 12:00+00'), (3, 2, 500, NULL);
