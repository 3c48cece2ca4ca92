-- Copyright The Freshet Authors
-- SPDX-License-Identifier: Apache-2.0

-- What an event says, built from rows as jsonb. The same form as dev.freshet.model.context.ContextEvent writes.
-- Only called by the recording triggers, which pin the search path; a pinned one here would forbid inlining.

create function freshet.created_data(r jsonb, parent_column text) returns jsonb
    language sql immutable
as $$
    select jsonb_strip_nulls(jsonb_build_object(
               'parent', r -> parent_column,
               'name', r -> 'name',
               'description', r -> 'description',
               'status', r -> 'status',
               'createdAt', r -> 'created_at'))
           || jsonb_build_object('document', r -> 'document')
$$;

-- The columns whose value changed, with their new values.
create function freshet.changed_data(o jsonb, n jsonb) returns jsonb
    language sql immutable
as $$
    select case when n -> 'name' is distinct from o -> 'name'
                then jsonb_build_object('name', n -> 'name') else '{}' end
           || case when n -> 'description' is distinct from o -> 'description'
                   then jsonb_build_object('description', n -> 'description') else '{}' end
           || case when n -> 'status' is distinct from o -> 'status'
                   then jsonb_build_object('status', n -> 'status') else '{}' end
           || case when n -> 'document' is distinct from o -> 'document'
                   then jsonb_build_object('document', n -> 'document') else '{}' end
$$;
