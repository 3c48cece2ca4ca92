-- Copyright The Freshet Authors
-- SPDX-License-Identifier: Apache-2.0

-- Recording at the price of what a statement does: an ordinary one, which changes each row once and keeps its id and
-- its user, is recorded by one plain INSERT over the columns themselves. The exact differences of sets, with whole rows
-- as JSON, are left for the others. What is recorded is the same as before.

-- As in V010. New: an ordinary UPDATE of a program other than the writer-service asks nothing of the log. Only a
-- transaction that says it is the writer-service's can have appended events of its own, because that service always
-- says so; a program that says so wrongly only pays for the question.
create or replace function freshet.keep_row() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    same_stream boolean;
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
        if tg_argv[0] = 'global' then
            same_stream := new.user_id = old.user_id;
        else
            same_stream := new.id = old.id;
        end if;
        if same_stream and new.user_id = old.user_id
                and current_setting('freshet.source', true) is distinct from 'api' then
            new.version := old.version + 1;
            new.updated_at := clock_timestamp();
            return new;
        end if;
    else
        same_stream := false;
    end if;

    if tg_argv[0] = 'global' then
        stream_name := tg_argv[0] || ':' || new.user_id;
    else
        stream_name := tg_argv[0] || ':' || new.id;
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

-- One function for each table and kind of change, from one text: its columns are known when it is made, so that no row
-- has to become JSON to find them. For the setting freshet.source see V012.
do $migration$
declare
    each record;
    parent_member text;
    status_member text;
    moved text;
    went_and_came text;
    changed_status text;
begin
    for each in
        select * from (values
            ('global', 'user_id', null, false),
            ('project', 'id', null, false),
            ('branch', 'id', 'project_id', false),
            ('task', 'id', 'branch_id', true)) l (level, id, parent, has_status)
    loop
        parent_member := '';
        moved := 'false';
        went_and_came := '';
        if each.parent is not null then
            parent_member := format('''parent'', n.%I, ', each.parent);
            moved := format('n.%1$I <> o.%1$I', each.parent);
            went_and_came := format(
                'case when n.%1$I <> o.%1$I then jsonb_build_object(''from'', o.%1$I, ''to'', n.%1$I) else ''{}'' end || ',
                each.parent);
        end if;
        status_member := case when each.has_status then '''status'', n.status, ' else '' end;
        changed_status := case when each.has_status
            then ' || case when n.status <> o.status then jsonb_build_object(''status'', n.status) else ''{}'' end'
            else '' end;

        execute format($template$
create function freshet.record_%1$s_insert() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $body$
declare
    by_api constant boolean := coalesce(current_setting('freshet.source', true) = 'api', false);
begin
    insert into freshet.event (stream, version, type, user_id, data, source, recorded_at)
    select '%1$s:' || n.%2$I, n.version, 'Created', n.user_id,
           jsonb_build_object(
               %3$s'name', n.name, 'description', n.description, %4$s'document', n.document,
               'createdAt', (to_jsonb(n.created_at at time zone 'UTC') #>> '{}') || '+00:00'),
           case when by_api then 'api' else 'sql' end, n.updated_at
    from new_rows n
    where not by_api or not exists (
        select from freshet.event e
        where e.stream = '%1$s:' || n.%2$I and e.version = n.version
          and e.xid = pg_current_xact_id() and e.source = 'api');
    return null;
end
$body$
        $template$, each.level, each.id, parent_member, status_member);

        execute format($template$
create function freshet.record_%1$s_update() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $body$
declare
    written_by constant text :=
        case when current_setting('freshet.source', true) = 'api' then 'api' else 'sql' end;
begin
    if written_by = 'sql' then
        -- Ordinary: each row that went came back under its id, with its next version; none went twice, none stayed.
        insert into freshet.event (stream, version, type, user_id, data, source, recorded_at)
        select '%1$s:' || n.%2$I, n.version, case when %3$s then 'Moved' else 'Updated' end, n.user_id,
               %4$scase when n.name <> o.name then jsonb_build_object('name', n.name) else '{}' end
               || case when n.description <> o.description
                       then jsonb_build_object('description', n.description) else '{}' end
               %5$s
               || case when n.document <> o.document
                       then jsonb_build_object('document', n.document) else '{}' end,
               written_by, n.updated_at
        from old_rows o join new_rows n on n.%2$I = o.%2$I and n.user_id = o.user_id
        where n.version = o.version + 1
          and ((select count(*) from new_rows) = 1
               or not exists (
                   select from old_rows p full join new_rows q on q.%2$I = p.%2$I and q.user_id = p.user_id
                   where (q.version = p.version + 1) is not true));
        if found then
            return null;
        end if;
    elsif not exists (
        select from new_rows n
        where not exists (
            select from freshet.event e
            where e.stream = '%1$s:' || n.%2$I and e.version = n.version
              and e.xid = pg_current_xact_id() and e.source = 'api')
    ) then
        return null;
    end if;

    -- Rows that one statement changed twice (by a cascade, say) count once: what came in is paired with what went out.
    -- A row that changed its id or its user is deleted under the old one and created under the new one.
    with gone as (
        select '%1$s:' || o.%2$I as stream, o.user_id, o.version, to_jsonb(o) as r
        from (table old_rows except all table new_rows) o
    ), come as (
        select '%1$s:' || n.%2$I as stream, n.user_id, n.version,
               to_jsonb(n) || jsonb_build_object(
                   'created_at', (to_jsonb(n.created_at at time zone 'UTC') #>> '{}') || '+00:00') as r
        from (table new_rows except all table old_rows) n
    ), change as (
        select coalesce(n.stream, o.stream) as stream,
               coalesce(n.user_id, o.user_id) as user_id,
               coalesce(n.version, o.version + 1) as version,
               case
                   when o.r is null then 'Created'
                   when n.r is null then 'Deleted'
                   when n.r -> %6$L is distinct from o.r -> %6$L then 'Moved'
                   else 'Updated'
               end as type,
               o.r as o,
               n.r as n
        from gone o full join come n on n.stream = o.stream and n.user_id = o.user_id
    )
    insert into freshet.event (stream, version, type, user_id, data, source, recorded_at)
    select c.stream, c.version, c.type, c.user_id,
           case c.type
               when 'Created' then freshet.created_data(c.n, %6$L)
               when 'Deleted' then '{"reason": "rekeyed"}'
               when 'Moved' then jsonb_build_object('from', c.o -> %6$L, 'to', c.n -> %6$L)
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
$body$
        $template$, each.level, each.id, moved, went_and_came, changed_status, coalesce(each.parent, ''));

        execute format($template$
create function freshet.record_%1$s_delete() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $body$
declare
    by_api constant boolean := coalesce(current_setting('freshet.source', true) = 'api', false);
begin
    insert into freshet.event (stream, version, type, user_id, data, source)
    select '%1$s:' || o.%2$I, o.version + 1, 'Deleted', o.user_id,
           '{"reason": "deleted"}', case when by_api then 'api' else 'sql' end
    from old_rows o
    where not by_api or not exists (
        select from freshet.event e
        where e.stream = '%1$s:' || o.%2$I and e.version > o.version
          and e.type = 'Deleted' and e.xid = pg_current_xact_id() and e.source = 'api');
    return null;
end
$body$
        $template$, each.level, each.id);

        execute format($template$
create or replace trigger freshet_record_insert after insert on freshet.%1$I
    referencing new table as new_rows
    for each statement execute function freshet.record_%2$s_insert();
create or replace trigger freshet_record_update after update on freshet.%1$I
    referencing old table as old_rows new table as new_rows
    for each statement execute function freshet.record_%2$s_update();
create or replace trigger freshet_record_delete after delete on freshet.%1$I
    referencing old table as old_rows
    for each statement execute function freshet.record_%2$s_delete();
        $template$, each.level || '_context', each.level);
    end loop;
end
$migration$;

drop function freshet.record_insert();
drop function freshet.record_update();
drop function freshet.record_delete();
