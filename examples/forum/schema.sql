-- Copyright The Freshet Authors
-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE author (id int PRIMARY KEY, name text NOT NULL);
CREATE TABLE topic (id int PRIMARY KEY, title text NOT NULL);
CREATE TABLE post (
    id int PRIMARY KEY,
    topic_id int NOT NULL REFERENCES topic,
    parent_id int REFERENCES post,
    author_id int NOT NULL REFERENCES author,
    body text NOT NULL,
    deleted boolean NOT NULL DEFAULT false);
CREATE INDEX ON post (parent_id);
CREATE INDEX ON post (author_id);

INSERT INTO author VALUES (1, 'reed'), (2, 'marsh');
INSERT INTO topic VALUES (1, 'Rivers'), (2, 'Lakes');
-- 1 and 4 begin threads of topic 1: 1 is answered by 2, and 2 by 3.
INSERT INTO post VALUES
    (1, 1, NULL, 1, 'Which is the longest?'),
    (2, 1, 1, 2, 'That depends'),
    (3, 1, 2, 1, 'On what?'),
    (4, 1, NULL, 2, 'And the widest?'),
    (5, 2, NULL, 1, 'How deep?');
