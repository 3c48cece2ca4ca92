-- Copyright The Freshet Authors
-- SPDX-License-Identifier: Apache-2.0

-- BEFORE ROW: gives each row its version and times, so that plain SQL need not (and cannot) set them.
--
-- The writer-service appends its events before it touches the tables. A row whose stream already has newer events from
-- this very transaction is therefore their projection, and takes version and time from them. No setting says so: only
-- who may insert into the log can get here, and a plain program may not.
--
-- Must have no side effects: it also runs for an INSERT … ON CONFLICT that inserts nothing.
create function freshet.keep_row() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    level constant text := tg_argv[0];
    same_stream boolean := false;
    stream_name text;
    last record;
begin
    if tg_op = 'UPDATE' then
        new.version := old.version;
        new.created_at := old.created_at;
        new.updated_at := old.updated_at;
        if new is not distinct from old then
            -- Nothing changed: 1.0 and 1 are one number to jsonb, so the old spelling stays.
            return old;
        end if;
        if level = 'global' then
            same_stream := new.user_id = old.user_id;
        else
            same_stream := new.id = old.id;
        end if;
    end if;

    if level = 'global' then
        stream_name := level || ':' || new.user_id;
    else
        stream_name := level || ':' || new.id;
    end if;
    -- As in freshet.last_event, spelled out: a call for each row costs more than the rest of this function.
    select e.version, e.type, e.recorded_at, e.source = 'api' and e.xid = pg_current_xact_id() as by_this_command
    into last
    from freshet.event e
    where e.stream = stream_name
    order by e.version desc
    limit 1;

    if last.by_this_command and last.type <> 'Deleted' and not (same_stream and last.version <= old.version) then
        new.version := last.version;
        new.updated_at := last.recorded_at;
        return new;
    end if;

    if not same_stream then
        new.version := coalesce(last.version, 0) + 1;
    elsif new.user_id = old.user_id then
        new.version := old.version + 1;
    else
        -- Handed to another user: deleted for one, created for the other.
        new.version := old.version + 2;
    end if;
    new.updated_at := clock_timestamp();
    return new;
end
$$;
