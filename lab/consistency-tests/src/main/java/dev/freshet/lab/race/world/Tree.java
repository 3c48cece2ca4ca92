// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.world;

import dev.freshet.context.Level;
import dev.freshet.lab.race.history.Row;
import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The rows of one user; some may not exist at the moment. A writer of one row takes {@link #structure()} shared, and
 * the lock of the row. A writer of several rows takes {@link #structure()} exclusively. So nobody else writes a row
 * while its transaction is in progress.
 */
public record Tree(
        String user,
        Row global,
        List<Row> projects,
        List<Row> branches,
        List<Row> tasks,
        ReentrantReadWriteLock structure) {

    public Tree {
        projects = List.copyOf(projects);
        branches = List.copyOf(branches);
        tasks = List.copyOf(tasks);
    }

    /** All rows of a level, whether they exist or not. */
    public List<Row> rows(Level level) {
        return switch (level) {
            case GLOBAL -> List.of(global);
            case PROJECT -> projects;
            case BRANCH -> branches;
            case TASK -> tasks;
        };
    }
}
