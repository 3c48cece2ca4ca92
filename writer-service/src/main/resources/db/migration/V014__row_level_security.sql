-- Copyright The Freshet Authors
-- SPDX-License-Identifier: Apache-2.0

-- Any program that has been granted the tables sees all rows: plain SQL is first-class (for COPY FROM its role needs
-- BYPASSRLS, as freshet_app has). The roles of our own services
-- are held to one user by restrictive policies, which afterMigrate.sql adds for the roles that exist.
alter table freshet.global_context enable row level security;
alter table freshet.project_context enable row level security;
alter table freshet.branch_context enable row level security;
alter table freshet.task_context enable row level security;
alter table freshet.event enable row level security;
alter table freshet.idempotency enable row level security;

create policy everyone on freshet.global_context using (true) with check (true);
create policy everyone on freshet.project_context using (true) with check (true);
create policy everyone on freshet.branch_context using (true) with check (true);
create policy everyone on freshet.task_context using (true) with check (true);
create policy everyone on freshet.event using (true) with check (true);
create policy everyone on freshet.idempotency using (true) with check (true);
