-- Copyright The Freshet Authors
-- SPDX-License-Identifier: Apache-2.0

-- A stream's newest event, whoever it belonged to: an id that was deleted and is used again goes on with its
-- version. Sees past row-level security on purpose, so only the triggers and the writer may call it, and it says no
-- more than version, type and time.
create function freshet.last_event(
    stream text,
    out version bigint, out type text, out recorded_at timestamptz, out by_this_command boolean)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select e.version, e.type, e.recorded_at, e.source = 'api' and e.xid = pg_current_xact_id_if_assigned()
    from freshet.event e
    where e.stream = last_event.stream
    order by e.version desc
    limit 1
$$;

revoke all on function freshet.last_event(text) from public;
