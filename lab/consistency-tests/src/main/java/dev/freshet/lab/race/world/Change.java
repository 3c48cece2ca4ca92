// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.world;

import dev.freshet.lab.race.history.Row;
import dev.freshet.lab.race.history.RowState;
import dev.freshet.lab.race.history.Write;

/**
 * What a transaction does to one row.
 *
 * @param parent the row that it is below afterwards; null for a global context and for a row that disappears
 * @param named whether the version is also written into the name, which lists show
 */
public record Change(Kind kind, Row row, Row parent, boolean named) {
    /** The kinds of changes. */
    public enum Kind {
        UPDATE,
        /** An update that gives the row another parent. */
        MOVE,
        INSERT,
        DELETE,
        /** The row disappears because of a change of another row. */
        GONE,
        /** The row is deleted and inserted again. */
        REPLACE
    }

    /** A new version in the same place. */
    public static Change update(Row row, boolean named) {
        return new Change(Kind.UPDATE, row, row.history().latest().parent(), named);
    }

    public static Change move(Row row, Row parent) {
        return new Change(Kind.MOVE, row, parent, false);
    }

    public static Change insert(Row row, Row parent) {
        return new Change(Kind.INSERT, row, parent, true);
    }

    public static Change replace(Row row) {
        return new Change(Kind.REPLACE, row, row.history().latest().parent(), true);
    }

    public static Change delete(Row row) {
        return new Change(Kind.DELETE, row, null, false);
    }

    public static Change gone(Row row) {
        return new Change(Kind.GONE, row, null, false);
    }

    private boolean leaves() {
        return kind == Kind.DELETE || kind == Kind.GONE;
    }

    RowState state(Write write) {
        long name = named || leaves() ? write.version() : row.history().latest().name();
        return new RowState(write, !leaves(), parent, name);
    }
}
