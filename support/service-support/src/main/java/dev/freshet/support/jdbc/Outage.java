// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.jdbc;

import java.sql.SQLException;
import java.sql.SQLTransientException;

/** Distinguishes failures of the database itself, which are transient, from failures of a statement, which are not. */
public final class Outage {
    private Outage() {}

    /** Whether the failure, or one of its causes, is an outage. */
    public static boolean isCauseOf(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientException
                    || cause instanceof SQLException sql && (isOutage(sql.getSQLState()) || isClosed(sql))) {
                return true;
            }
        }
        return false;
    }

    /**
     * A pool closes a connection that broke. Later uses of it, such as resetting its settings, report only that it is
     * closed; the original cause is lost.
     */
    private static boolean isClosed(SQLException failure) {
        return failure.getSQLState() == null && "Connection is closed".equals(failure.getMessage());
    }

    /** Classes 08 connection, 53 resources, 57 operator intervention (shutdown, timeouts), 58 system error. */
    private static boolean isOutage(String state) {
        return state != null
                && (state.startsWith("08")
                        || state.startsWith("53")
                        || state.startsWith("57")
                        || state.startsWith("58"));
    }
}
