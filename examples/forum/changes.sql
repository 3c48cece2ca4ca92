-- Copyright The Freshet Authors
-- SPDX-License-Identifier: Apache-2.0
--
-- Each line is a transaction. Behind it stand the keys that go, of those that reader.py had cached.
UPDATE post SET body = 'On what exactly?' WHERE id = 3; -- thread:3 thread:2 thread:1 author:1:posts
UPDATE post SET parent_id = 4 WHERE id = 2; -- thread:1 thread:2 thread:4
UPDATE author SET name = 'fen' WHERE id = 2; -- author:2 thread:2 thread:4
UPDATE post SET deleted = true WHERE id = 5; -- thread:5 topic:2 author:1:posts
UPDATE post SET body = 'How deep is it?' WHERE id = 5; -- thread:5
UPDATE topic SET title = 'Great rivers' WHERE id = 1; -- topic:1
INSERT INTO post VALUES (6, 1, 3, 2, 'On the source'); -- thread:3 thread:2 thread:4 topic:1 author:2:posts
