-- Copyright The Freshet Authors
-- SPDX-License-Identifier: Apache-2.0

-- Draws new ids of a level for the writer, with the version their streams stand at (0 if nobody had them before).
-- Plain SQL may have inserted rows with ids of its own: those are passed over, and the sequence leaps behind the last of
-- them. Sees the rows of all users, and tells nothing of them but that an id is taken.
create function freshet.draw_ids(level text, wanted int) returns table (id bigint, last_version bigint)
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    source_table text;
    sequence text;
    last record;
    taken bigint := 0;
    highest bigint;
    found_ids int := 0;
begin
    if level not in ('project', 'branch', 'task') then
        raise exception 'level % has no numbers', level using errcode = 'invalid_parameter_value';
    end if;
    source_table := format('freshet.%I', level || '_context');
    sequence := pg_get_serial_sequence(source_table, 'id');
    while found_ids < wanted loop
        id := nextval(sequence);
        select e.version, e.type into last from freshet.last_event(level || ':' || id) e;
        if last.type is null or last.type = 'Deleted' then
            last_version := coalesce(last.version, 0);
            found_ids := found_ids + 1;
            return next;
        else
            taken := taken + 1;
            if taken = 3 then
                execute format('select max(t.id) from %s t', source_table) into highest;
                if highest > id then
                    perform setval(sequence, highest);
                end if;
                taken := 0;
            end if;
        end if;
    end loop;
end
$$;

revoke all on function freshet.draw_ids(text, int) from public;
