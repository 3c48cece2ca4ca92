-- Copyright The Freshet Authors
-- SPDX-License-Identifier: Apache-2.0

-- The role by which an invalidator logs in, with the least that it needs. Run it in the application's database, as a role that
-- may create roles (REPLICATION needs a superuser, or a role that has it itself):
--
--   psql -v role=freshet -v password=… -v schemas=public -v lookups='org, member' -f least-privilege.sql
--
-- schemas: those of the tables of the mapping, and of the types of columns by which rows are looked up.
-- lookups: the tables that templates' paths lead through; `check` names each that is missing. If there are none, leave the
-- variable out: with keys of a table's own columns, and with tags, no row is ever read.
--
-- The owner of the tables makes the publication: `check --apply`, or the statements that `check` prints.
\set ON_ERROR_STOP on

-- Passwords must not end up in the server's log.
set log_statement = 'none';
create role :"role" login replication noinherit password :'password';
grant connect on database :"DBNAME" to :"role";
grant usage on schema :schemas to :"role";
\if :{?lookups}
grant select on :lookups to :"role";
\endif
