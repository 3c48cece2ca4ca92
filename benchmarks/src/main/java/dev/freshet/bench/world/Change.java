// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.world;

import dev.freshet.bench.history.Row;
import dev.freshet.bench.history.Version;
import dev.freshet.bench.history.Write;

/**
 * What a transaction does to one row.
 *
 * @param parent the row that it is below from then on; null for a global context and for one that goes
 * @param named whether the version goes into the name, too, which lists show
 */
public record Change(Kind kind, Row row, Row parent, boolean named) {
    /** What is done. */
    public enum Kind {
        UPDATE,
        /** An update that gives it another parent. */
        MOVE,
        INSERT,
        DELETE,
        /** It goes because of what happens to another row. */
        GONE,
        /** It is deleted and inserted again. */
        REPLACE
    }

    /** A new version, where it is. */
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

    Version state(Write write) {
        long name = named || leaves() ? write.version() : row.history().latest().name();
        return new Version(write, !leaves(), parent, name);
    }
}
