-- Copyright The Freshet Authors
-- SPDX-License-Identifier: Apache-2.0


create trigger freshet_keep_row before insert or update on freshet.global_context
    for each row execute function freshet.keep_row('global');
create trigger freshet_record_insert after insert on freshet.global_context
    referencing new table as new_rows
    for each statement execute function freshet.record_insert('global', 'user_id', '');
create trigger freshet_record_update after update on freshet.global_context
    referencing old table as old_rows new table as new_rows
    for each statement execute function freshet.record_update('global', 'user_id', '');
create trigger freshet_record_delete after delete on freshet.global_context
    referencing old table as old_rows
    for each statement execute function freshet.record_delete('global', 'user_id', '');
create trigger freshet_record_truncate before truncate on freshet.global_context
    for each statement execute function freshet.record_truncate('global', 'user_id', '');

create trigger freshet_keep_row before insert or update on freshet.project_context
    for each row execute function freshet.keep_row('project');
create trigger freshet_record_insert after insert on freshet.project_context
    referencing new table as new_rows
    for each statement execute function freshet.record_insert('project', 'id', '');
create trigger freshet_record_update after update on freshet.project_context
    referencing old table as old_rows new table as new_rows
    for each statement execute function freshet.record_update('project', 'id', '');
create trigger freshet_record_delete after delete on freshet.project_context
    referencing old table as old_rows
    for each statement execute function freshet.record_delete('project', 'id', '');
create trigger freshet_record_truncate before truncate on freshet.project_context
    for each statement execute function freshet.record_truncate('project', 'id', '');

create trigger freshet_keep_row before insert or update on freshet.branch_context
    for each row execute function freshet.keep_row('branch');
create trigger freshet_record_insert after insert on freshet.branch_context
    referencing new table as new_rows
    for each statement execute function freshet.record_insert('branch', 'id', 'project_id');
create trigger freshet_record_update after update on freshet.branch_context
    referencing old table as old_rows new table as new_rows
    for each statement execute function freshet.record_update('branch', 'id', 'project_id');
create trigger freshet_record_delete after delete on freshet.branch_context
    referencing old table as old_rows
    for each statement execute function freshet.record_delete('branch', 'id', 'project_id');
create trigger freshet_record_truncate before truncate on freshet.branch_context
    for each statement execute function freshet.record_truncate('branch', 'id', 'project_id');

create trigger freshet_keep_row before insert or update on freshet.task_context
    for each row execute function freshet.keep_row('task');
create trigger freshet_record_insert after insert on freshet.task_context
    referencing new table as new_rows
    for each statement execute function freshet.record_insert('task', 'id', 'branch_id');
create trigger freshet_record_update after update on freshet.task_context
    referencing old table as old_rows new table as new_rows
    for each statement execute function freshet.record_update('task', 'id', 'branch_id');
create trigger freshet_record_delete after delete on freshet.task_context
    referencing old table as old_rows
    for each statement execute function freshet.record_delete('task', 'id', 'branch_id');
create trigger freshet_record_truncate before truncate on freshet.task_context
    for each statement execute function freshet.record_truncate('task', 'id', 'branch_id');
