// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.history;

import dev.freshet.context.Level;
import java.util.Arrays;
import java.util.List;

/** A project with a branch and a task, and histories made by hand: times are plain numbers, and so are positions. */
final class SampleHistory {
    final Row project = new Row(0, Level.PROJECT, "u", "1");
    final Row otherProject = new Row(1, Level.PROJECT, "u", "2");
    final Row branch = new Row(2, Level.BRANCH, "u", "1");
    private final List<Row> rows = List.of(project, otherProject, branch);
    private long version = 1;

    SampleHistory() {
        var first = new Write(version, "setup", rows, 0);
        first.committed(0, 0);
        project.history().append(new RowState(first, true, null, 1));
        otherProject.history().append(new RowState(first, true, null, 1));
        branch.history().append(new RowState(first, true, project, 1));
    }

    /** A transaction that is on its way since then, and gives these rows their next version. */
    Write begun(long started, Row... touched) {
        var write = new Write(++version, "update", List.of(touched), started);
        Arrays.stream(touched).forEach(row -> {
            var before = row.history().latest();
            row.history().append(new RowState(write, true, before.parent(), before.name()));
        });
        return write;
    }

    /** A transaction that was acknowledged at {@code acknowledged}, which is its position, too. */
    Write update(long started, long acknowledged, Row... touched) {
        var write = begun(started, touched);
        write.committed(acknowledged, acknowledged);
        return write;
    }

    Write rename(long started, long acknowledged, Row row) {
        var write = new Write(++version, "rename", List.of(row), started);
        row.history().append(new RowState(write, true, row.history().latest().parent(), write.version()));
        write.committed(acknowledged, acknowledged);
        return write;
    }

    Write move(long started, long acknowledged, Row row, Row parent) {
        var write = new Write(++version, "move", List.of(row), started);
        row.history()
                .append(new RowState(write, true, parent, row.history().latest().name()));
        write.committed(acknowledged, acknowledged);
        return write;
    }

    Write delete(long started, long acknowledged, Row row) {
        var write = new Write(++version, "delete", List.of(row), started);
        row.history().append(new RowState(write, false, null, write.version()));
        write.committed(acknowledged, acknowledged);
        return write;
    }

    Write insert(long started, long acknowledged, Row row, Row parent) {
        var write = new Write(++version, "insert", List.of(row), started);
        row.history().append(new RowState(write, true, parent, write.version()));
        write.committed(acknowledged, acknowledged);
        return write;
    }

    Session session() {
        return new Session(rows.size());
    }
}
