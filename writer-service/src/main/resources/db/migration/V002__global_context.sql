-- Copyright The Freshet Authors
-- SPDX-License-Identifier: Apache-2.0

-- version, created_at and updated_at are kept by triggers, whoever writes the row (see V010).
create table freshet.global_context (
    user_id     text        primary key check (user_id <> '' and char_length(user_id) <= 255),
    name        text        not null default '' check (char_length(name) <= 200),
    description text        not null default '' check (char_length(description) <= 4000),
    document    jsonb       not null default '{}' check (jsonb_typeof(document) = 'object'),
    version     bigint      not null default 1 check (version > 0),
    created_at  timestamptz not null default clock_timestamp()
                check (created_at >= '0001-01-01 00:00:00+00' and created_at < '9999-01-01 00:00:00+00'),
    updated_at  timestamptz not null default clock_timestamp()
);

-- The invalidator needs the old row: what changed, and which parent it had.
alter table freshet.global_context replica identity full;
