// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.reader;

import dev.freshet.devservices.TestDatabase;

/**
 * Two users. {@code u1}: projects 1 (branches 11, 12) and 2 (branch 21); branch 11 has tasks 111 and 112, branch 12 has
 * task 121. {@code u2}: project 9, branch 91, task 911.
 */
final class Sample {
    private Sample() {}

    static void fill(TestDatabase database) {
        database.execute("""
                truncate freshet.global_context cascade
                """, """
                insert into freshet.global_context (user_id, name, description, document) values
                    ('u1', 'g', 'about g', '{"a": "global", "b": {"x": 1, "y": 2}, "n": 1.10}'), ('u2', 'other', '', '{"a": "theirs"}')
                """, """
                insert into freshet.project_context (id, user_id, name, document) values
                    (1, 'u1', 'p1', '{"a": "project", "b": {"y": null}}'), (2, 'u1', 'p2', '{"two": true}'), (9, 'u2', 'p9', '{}')
                """, """
                insert into freshet.branch_context (id, user_id, project_id, name, document) values
                    (11, 'u1', 1, 'b11', '{"c": [1]}'), (12, 'u1', 1, 'b12', '{}'), (21, 'u1', 2, 'b21', '{}'), (91, 'u2', 9, 'b91', '{}')
                """, """
                insert into freshet.task_context (id, user_id, branch_id, name, status, document) values
                    (111, 'u1', 11, 't111', 'open', '{"c": [2], "d": "task"}'), (112, 'u1', 11, 't112', 'done', '{}'),
                    (121, 'u1', 12, 't121', 'open', '{}'), (911, 'u2', 91, 't911', 'open', '{}')
                """);
    }
}
