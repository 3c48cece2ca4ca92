// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.reader;

import dev.freshet.cache.view.TagOf;
import dev.freshet.lab.bench.contexts.ContextRows;
import dev.freshet.protocol.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is read of a task.
 *
 * @param name in keys
 * @param sql parameters: user, id; columns: WAL position, snapshot, JSON
 * @param further how many tags it has beside that of its row
 */
record View(String name, String sql, int further) {
    private static final String PLACE =
            "SELECT pg_current_wal_insert_lsn()::text, pg_current_snapshot()::text, json_build_object('id', t.id,"
                    + " 'name', t.name, 'document', ";
    private static final String OWN =
            PLACE + "t.document)::text FROM freshet.task_context t WHERE t.user_id = ? AND t.id = ?";
    private static final String RESOLVED = PLACE
            + "g.document || p.document || b.document || t.document)::text FROM freshet.global_context g"
            + " JOIN freshet.project_context p ON p.user_id = g.user_id"
            + " JOIN freshet.branch_context b ON b.project_id = p.id AND b.user_id = g.user_id"
            + " JOIN freshet.task_context t ON t.branch_id = b.id AND t.user_id = g.user_id"
            + " WHERE g.user_id = ? AND t.id = ?";

    /** The task itself. */
    static View own(int furtherTags) {
        return new View("own" + furtherTags, OWN, furtherTags);
    }

    /** The task with what it inherits from three levels above. */
    static View resolved() {
        return new View("resolved", RESOLVED, 3);
    }

    /** The same, under another name in keys. */
    View named(String other) {
        return new View(other, sql, further);
    }

    /** The tags beside that of the row: first those of its ancestors, then of other tasks. */
    List<Tag> furtherTags(ContextRows rows, int task) {
        Object owner = rows.owner(task);
        var all = new ArrayList<Tag>(List.of(
                TagOf.inherited("branch", owner),
                TagOf.inherited("project", owner),
                TagOf.inherited("global", rows.user(task))));
        return Stream.concat(
                        all.stream(),
                        Stream.iterate(task + 1, other -> other + 1).map(other -> TagOf.row("task", other)))
                .limit(further)
                .toList();
    }
}
