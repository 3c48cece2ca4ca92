-- Copyright The Freshet Authors
-- SPDX-License-Identifier: Apache-2.0

-- Flyway has made the schema, for its own history.
comment on schema freshet is 'Contexts, the log of what happened to them, and what keeps the two together.';
