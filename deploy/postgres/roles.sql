-- Copyright The Freshet Authors
-- SPDX-License-Identifier: Apache-2.0

-- Creates the roles by which Freshet's processes log in. Run it as a role that may create roles (REPLICATION and BYPASSRLS need a
-- superuser, or a role that has them itself), before or after `freshet writer migrate`; if before, migrate grants the rest.
--
--   psql -v writer_password=… -v reader_password=… -v invalidator_password=… -v app_password=… -f roles.sql
--
-- Passwords have no default: psql stops at the first one that is missing.
\set ON_ERROR_STOP on

select format('create role %I', name) from (values ('freshet_writer'), ('freshet_reader'), ('freshet_invalidator'),
    ('freshet_app')) r (name)
where not exists (select from pg_roles where rolname = name) \gexec

-- freshet_app: PostgreSQL refuses COPY FROM on tables where row-level security could apply, so a role that uses it needs BYPASSRLS.
--
-- log_statement: passwords must not end up in the server's log.
set log_statement = 'none';
alter role freshet_writer      login noinherit password :'writer_password';
alter role freshet_reader      login noinherit password :'reader_password';
alter role freshet_invalidator login noinherit replication password :'invalidator_password';
alter role freshet_app         login bypassrls password :'app_password';
