// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.db;

import dev.freshet.support.jdbc.Outage;
import java.sql.SQLException;
import java.util.Set;

/** What a database failure means for the caller. */
public enum SqlFailure {
    /** Another transaction came first. A retry of the whole transaction sees its changes. */
    RACE,
    /** The database does not respond, or not in time. */
    UNAVAILABLE,
    /** A bug in Freshet or a failure in the database. */
    OTHER;

    private static final Set<String> RACES = Set.of("40001", "40P01");
    private static final String LOCK_TIMEOUT = "55P03";
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final String FOREIGN_KEY_VIOLATION = "23503";

    public static SqlFailure of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return of(sql);
            }
        }
        return Outage.isCauseOf(failure) ? UNAVAILABLE : OTHER;
    }

    /** Whether the role lacks a privilege. */
    static boolean isDenied(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && INSUFFICIENT_PRIVILEGE.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    private static SqlFailure of(SQLException failure) {
        var state = failure.getSQLState();
        if (RACES.contains(state)) {
            return RACE;
        }
        // Another transaction changed what a command was checked against: the id or version was taken, or the parent
        // was deleted. The next attempt sees the change and reports it properly.
        if (state.equals(UNIQUE_VIOLATION) || state.equals(FOREIGN_KEY_VIOLATION)) {
            return RACE;
        }
        return state.equals(LOCK_TIMEOUT) || Outage.isCauseOf(failure) ? UNAVAILABLE : OTHER;
    }
}
