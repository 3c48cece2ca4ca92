-- Copyright The Freshet Authors
-- SPDX-License-Identifier: Apache-2.0

-- The first answer to each request that carried an Idempotency-Key, kept a day.
create table freshet.idempotency (
    user_id    text        not null,
    key        text        not null check (char_length(key) between 1 and 200),
    -- SHA-256 over method, path and body.
    request    bytea       not null,
    -- Null only inside the transaction that is working out the answer.
    status     int,
    headers    jsonb,
    body       text,
    created_at timestamptz not null default clock_timestamp(),
    primary key (user_id, key)
);

create index idempotency_age on freshet.idempotency (created_at);
