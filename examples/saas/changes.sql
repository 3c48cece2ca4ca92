-- Copyright The Freshet Authors
-- SPDX-License-Identifier: Apache-2.0
--
-- Each line is a transaction. Behind it stand the keys that go, of those that reader.py had cached.
UPDATE project SET name = 'Long bridge' WHERE id = 1; -- north:project:1 projects:north
UPDATE project SET archived_at = now() WHERE id = 2; -- north:project:2 projects:north
UPDATE project SET name = 'Old tunnel' WHERE id = 2; -- north:project:2
UPDATE member SET last_seen = now(); --
UPDATE member SET email = 'ONE@north.example' WHERE id = 1; -- login:one@north.example
UPDATE tenant SET name = 'The South Ltd' WHERE id = 2; -- tenant:south login:two@south.example
UPDATE invoice SET paid_at = '2026-03-31 23:30+00' WHERE id = 3; -- revenue:south:2026-04
UPDATE tenant SET slug = 'arctic' WHERE id = 1; -- tenant:north north:project:1 north:project:2 projects:north revenue:north:2026-03
