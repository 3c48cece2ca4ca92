-- Copyright The Freshet Authors
-- SPDX-License-Identifier: Apache-2.0

-- Drops the kept answers of all users that are older than a day; answers how many.
create function freshet.forget_answers() returns bigint
    language sql security definer
    set search_path = pg_catalog, pg_temp
as $$
    with gone as (
        delete from freshet.idempotency where created_at < now() - interval '24 hours' returning 1
    )
    select count(*) from gone
$$;

revoke all on function freshet.forget_answers() from public;
