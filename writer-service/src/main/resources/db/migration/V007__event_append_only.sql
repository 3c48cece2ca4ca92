-- Copyright The Freshet Authors
-- SPDX-License-Identifier: Apache-2.0

create function freshet.refuse_change_of_log() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    raise exception 'the event log is append-only: % refused', tg_op using errcode = 'insufficient_privilege';
end
$$;

-- Privileges refuse it to every role but the owner; this refuses it to the owner too.
create trigger append_only before update or delete or truncate on freshet.event
    for each statement execute function freshet.refuse_change_of_log();
