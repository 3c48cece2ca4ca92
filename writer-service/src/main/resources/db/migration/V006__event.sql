-- Copyright The Freshet Authors
-- SPDX-License-Identifier: Apache-2.0

-- The log: the truth, of which the context tables are projections. Nothing in it is ever changed.
create table freshet.event (
    position    bigint      generated always as identity primary key,
    -- The transaction that appended it. A feed ordered by (xid, position) and cut at the oldest running
    -- transaction never skips an event that commits late.
    xid         xid8        not null default pg_current_xact_id(),
    stream      text        not null,
    version     bigint      not null check (version > 0),
    type        text        not null check (type in ('Created', 'Updated', 'Moved', 'Deleted')),
    user_id     text        not null,
    data        jsonb       not null check (jsonb_typeof(data) = 'object'),
    source      text        not null check (source in ('api', 'sql')),
    recorded_at timestamptz not null default clock_timestamp(),
    -- Two writers that expect the same version of a stream: one of them fails here at the latest.
    unique (stream, version)
);

-- A user's feed.
create index event_feed on freshet.event (user_id, xid, position);
