-- Copyright The Freshet Authors
-- SPDX-License-Identifier: Apache-2.0

-- Runs after every migrate, and may run again at any time: the roles of least privilege, their grants, and the policies
-- that hold our own services to one user.
--
--   freshet_writer        the writer-service: appends to the log, changes contexts, of one user at a time
--   freshet_reader        the reader-service: reads contexts, of one user at a time
--   freshet_invalidator   the invalidator: replicates, and walks all contexts
--   freshet_app           an application that changes contexts with plain SQL; BYPASSRLS because COPY FROM needs it
--
-- Roles that are missing are created without the right to log in. Whoever runs the database gives them a password
-- (deploy/postgres/roles.sql) or grants them to roles of its own.
do $$
declare
    wanted record;
begin
    for wanted in
        select * from (values ('freshet_writer', ''), ('freshet_reader', ''), ('freshet_invalidator', 'replication'),
                              ('freshet_app', 'bypassrls')) r (name, attributes)
        where not exists (select from pg_catalog.pg_roles where rolname = r.name)
    loop
        begin
            execute format('create role %I nologin %s', wanted.name, wanted.attributes);
        exception
            when duplicate_object or unique_violation then
                null; -- another database of this cluster was migrated at the same moment
            when insufficient_privilege then
                raise notice 'role % is missing and % may not create it: run deploy/postgres/roles.sql, then migrate again',
                    wanted.name, current_user;
        end;
    end loop;

    for wanted in
        select * from (values
            ('freshet_writer', 'grant usage on schema freshet'),
            ('freshet_writer', 'grant select, insert, update, delete on freshet.global_context, freshet.project_context, freshet.branch_context, freshet.task_context, freshet.idempotency'),
            ('freshet_writer', 'grant select, insert on freshet.event'),
            ('freshet_writer', 'grant usage on all sequences in schema freshet'),
            ('freshet_writer', 'grant execute on function freshet.last_event(text), freshet.draw_ids(text, int), freshet.forget_answers()'),
            ('freshet_writer', 'grant select on freshet.flyway_schema_history'),
            ('freshet_reader', 'grant usage on schema freshet'),
            ('freshet_reader', 'grant select on freshet.global_context, freshet.project_context, freshet.branch_context, freshet.task_context'),
            ('freshet_invalidator', 'grant usage on schema freshet'),
            ('freshet_invalidator', 'grant select on freshet.global_context, freshet.project_context, freshet.branch_context, freshet.task_context'),
            ('freshet_app', 'grant usage on schema freshet'),
            ('freshet_app', 'grant select, insert, update, delete, truncate on freshet.global_context, freshet.project_context, freshet.branch_context, freshet.task_context')
        ) r (name, privileges)
        where exists (select from pg_catalog.pg_roles where rolname = r.name)
    loop
        execute format('%s to %I', wanted.privileges, wanted.name);
    end loop;

    for wanted in
        select r.name, t.name as table_name
        from (values ('freshet_writer'), ('freshet_reader')) r (name),
             (values ('global_context'), ('project_context'), ('branch_context'), ('task_context'), ('event'),
                     ('idempotency')) t (name)
        where exists (select from pg_catalog.pg_roles where rolname = r.name)
          and not exists (
              select from pg_catalog.pg_policies p
              where p.schemaname = 'freshet' and p.tablename = t.name and p.policyname = r.name || '_one_user')
    loop
        execute format(
            'create policy %I on freshet.%I as restrictive to %I
                 using (user_id = current_setting(''freshet.user'', true))
                 with check (user_id = current_setting(''freshet.user'', true))',
            wanted.name || '_one_user', wanted.table_name, wanted.name);
    end loop;
end
$$;
