-- Copyright The Freshet Authors
-- SPDX-License-Identifier: Apache-2.0

-- AFTER STATEMENT: append to the log what a statement did to a context table, whoever ran it. One statement, one
-- INSERT: cascades, COPY and updates of many rows stay cheap.
--
-- What the writer-service has appended itself in this transaction is not appended again. Everything else is, and if the
-- log already had that version, the unique constraint refuses the statement: better no write than a log with a hole.
--
-- Arguments: level, id column, parent column ('' for none).
-- The setting freshet.source only labels who wrote; a program that sets it mislabels its own writes and nothing else.

create function freshet.source_of_write() returns text
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select case when current_setting('freshet.source', true) = 'api' then 'api' else 'sql' end
$$;

create function freshet.record_insert() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
    set timezone = 'UTC'
as $$
declare
    written_by constant text := freshet.source_of_write();
begin
    insert into freshet.event (stream, version, type, user_id, data, source, recorded_at)
    select tg_argv[0] || ':' || (r ->> tg_argv[1]), n.version, 'Created', n.user_id,
           freshet.created_data(r, tg_argv[2]), written_by, n.updated_at
    from new_rows n, lateral to_jsonb(n) r
    where not exists (
        select from freshet.event e
        where e.stream = tg_argv[0] || ':' || (r ->> tg_argv[1]) and e.version = n.version
          and e.xid = pg_current_xact_id() and e.source = 'api')
    order by r -> tg_argv[1];
    return null;
end
$$;

create function freshet.record_update() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
    set timezone = 'UTC'
as $$
declare
    written_by constant text := freshet.source_of_write();
begin
    -- Rows that one statement changed twice (by a cascade, say) count once: what came in is paired with what went out.
    -- A row that changed its id or its user is deleted under the old one and created under the new one.
    with gone as (
        select tg_argv[0] || ':' || (r ->> tg_argv[1]) as stream, r ->> 'user_id' as user_id,
               (r ->> 'version')::bigint as version, r
        from (table old_rows except all table new_rows) o, lateral to_jsonb(o) r
    ), come as (
        select tg_argv[0] || ':' || (r ->> tg_argv[1]) as stream, r ->> 'user_id' as user_id,
               (r ->> 'version')::bigint as version, r
        from (table new_rows except all table old_rows) n, lateral to_jsonb(n) r
    ), change as (
        select coalesce(n.stream, o.stream) as stream,
               coalesce(n.user_id, o.user_id) as user_id,
               coalesce(n.version, o.version + 1) as version,
               case
                   when o.r is null then 'Created'
                   when n.r is null then 'Deleted'
                   when n.r -> tg_argv[2] is distinct from o.r -> tg_argv[2] then 'Moved'
                   else 'Updated'
               end as type,
               o.r as o,
               n.r as n
        from gone o full join come n on n.stream = o.stream and n.user_id = o.user_id
    )
    insert into freshet.event (stream, version, type, user_id, data, source, recorded_at)
    select c.stream, c.version, c.type, c.user_id,
           case c.type
               when 'Created' then freshet.created_data(c.n, tg_argv[2])
               when 'Deleted' then '{"reason": "rekeyed"}'
               when 'Moved' then jsonb_build_object('from', c.o -> tg_argv[2], 'to', c.n -> tg_argv[2])
                                 || freshet.changed_data(c.o, c.n)
               else freshet.changed_data(c.o, c.n)
           end,
           written_by,
           coalesce((c.n ->> 'updated_at')::timestamptz, clock_timestamp())
    from change c
    where not exists (
        select from freshet.event e
        where e.stream = c.stream and e.version = c.version
          and e.xid = pg_current_xact_id() and e.source = 'api')
    order by c.stream, c.version;
    return null;
end
$$;

create function freshet.record_delete() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    written_by constant text := freshet.source_of_write();
begin
    insert into freshet.event (stream, version, type, user_id, data, source)
    select tg_argv[0] || ':' || (r ->> tg_argv[1]), o.version + 1, 'Deleted', o.user_id,
           '{"reason": "deleted"}', written_by
    from old_rows o, lateral (select to_jsonb(o) as r) _
    where not exists (
        select from freshet.event e
        where e.stream = tg_argv[0] || ':' || (r ->> tg_argv[1]) and e.version > o.version
          and e.type = 'Deleted' and e.xid = pg_current_xact_id() and e.source = 'api')
    order by r -> tg_argv[1];
    return null;
end
$$;

-- BEFORE TRUNCATE, while the rows can still be read; the table is locked by then.
create function freshet.record_truncate() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    written_by constant text := freshet.source_of_write();
begin
    if current_setting('transaction_isolation') <> 'read committed' then
        -- An older snapshot would not see every row that is about to go.
        raise exception 'TRUNCATE of %.% needs READ COMMITTED, so that the log can name every row',
            tg_table_schema, tg_table_name using errcode = 'feature_not_supported';
    end if;
    execute format(
        'insert into freshet.event (stream, version, type, user_id, data, source)
         select %L || t.%I, t.version + 1, ''Deleted'', t.user_id, ''{"reason": "truncated"}'', %L
         from %I.%I t order by t.%I',
        tg_argv[0] || ':', tg_argv[1], written_by, tg_table_schema, tg_table_name, tg_argv[1]);
    return null;
end
$$;
