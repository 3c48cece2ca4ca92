// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.tables;

import java.util.List;
import java.util.Optional;

/** Why a relation cannot be mapped, as text to append to its name. */
final class Obstacle {
    private Obstacle() {}

    /**
     * @param kind as in {@code pg_class.relkind}
     * @param persistence as in {@code pg_class.relpersistence}
     * @param unseen its partitions that are foreign, unlogged or temporary tables
     * @param bases the tables that a view reads, also through other views
     */
    static Optional<String> of(char kind, char persistence, boolean system, List<String> unseen, List<String> bases) {
        if (system) {
            return Optional.of("belongs to PostgreSQL itself, which does not publish it; expected a table of your own");
        }
        if (persistence == 't') {
            return Optional.of("is temporary: only its session sees it; expected a permanent table");
        }
        if (!unseen.isEmpty()) {
            return Optional.of("has partitions whose changes are not in the WAL, because they are foreign or unlogged"
                    + " tables (" + FewNames.of(unseen) + "); expected ordinary partitions");
        }
        return switch (kind) {
            case 'r', 'p' ->
                persistence == 'u'
                        ? Optional.of("is unlogged: its changes are not in the WAL; expected a logged table"
                                + " (ALTER TABLE … SET LOGGED converts and rewrites it)")
                        : Optional.empty();
            case 'v' -> Optional.of("is a view, and has no changes of its own; " + instead(bases));
            case 'm' -> Optional.of("is a materialized view, whose refreshes are not published; " + instead(bases));
            case 'f' ->
                Optional.of(
                        "is a foreign table, whose rows change on another server; expected a table of this database");
            case 'S' -> Optional.of("is a sequence; expected a table");
            case 'i', 'I' -> Optional.of("is an index; expected a table");
            case 'c' -> Optional.of("is a composite type; expected a table");
            default -> Optional.of("is no table");
        };
    }

    private static String instead(List<String> bases) {
        return "expected the tables that it reads" + (bases.isEmpty() ? "" : ": " + String.join(", ", bases));
    }
}
