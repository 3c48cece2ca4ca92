// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.db;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

/** What a failure of the database means for who asked. */
public enum SqlFailure {
    /** Another transaction came first; doing it all again sees what it did. */
    RACE,
    /** The database does not answer, or not in time. */
    UNAVAILABLE,
    /** A fault of ours, or of the database. */
    OTHER;

    private static final Set<String> RACES = Set.of("40001", "40P01");
    /** Lock timeout, cancelled, shutting down, starting up, too many connections. */
    private static final Set<String> NOT_NOW = Set.of("55P03", "57014", "57P01", "57P02", "57P03", "53300");

    private static final String UNIQUE_VIOLATION = "23505";
    private static final String FOREIGN_KEY_VIOLATION = "23503";

    public static SqlFailure of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException) {
                return UNAVAILABLE;
            }
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return of(sql);
            }
        }
        return OTHER;
    }

    private static SqlFailure of(SQLException failure) {
        var state = failure.getSQLState();
        if (RACES.contains(state)) {
            return RACE;
        }
        // What a command was checked against was changed before it could write: the id or version was taken, or the
        // parent went. The next attempt sees it and says so properly.
        if (state.equals(UNIQUE_VIOLATION) || state.equals(FOREIGN_KEY_VIOLATION)) {
            return RACE;
        }
        return state.startsWith("08") || NOT_NOW.contains(state) ? UNAVAILABLE : OTHER;
    }
}
