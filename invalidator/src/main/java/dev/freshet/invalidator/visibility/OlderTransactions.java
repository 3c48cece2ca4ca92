// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.visibility;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Waits for transactions that wrote before a gap was mended. What they wrote then is not delivered even if they commit
 * later, so a purge before their commit is visible would let a reader fill the old value behind it. PostgreSQL waits in
 * the same way when it makes a slot.
 */
public final class OlderTransactions {
    /** An id of our own. A snapshot's xmax would not do: it leaves out whoever is running and has the newest id of all. */
    private static final String NEWEST = "SELECT pg_current_xact_id()::text";

    private static final String XMIN = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text";
    private static final long FIRST_PAUSE_MILLIS = 10;
    private static final long LONGEST_PAUSE_MILLIS = 500;

    private OlderTransactions() {}

    /**
     * Returns when every transaction that has an id by now has ended and is visible to new snapshots, if it committed.
     * Transactions that only read have none.
     *
     * @param connection in autocommit
     * @param waiting told, once, if that is not so at once
     */
    public static void awaitEnd(Connection connection, Consumer<String> waiting)
            throws SQLException, InterruptedException {
        long newest = id(connection, NEWEST);
        long pause = FIRST_PAUSE_MILLIS;
        for (long oldest = id(connection, XMIN);
                Long.compareUnsigned(oldest, newest) < 0;
                oldest = id(connection, XMIN)) {
            if (pause == FIRST_PAUSE_MILLIS) {
                waiting.accept("waits for transactions older than " + Long.toUnsignedString(newest)
                        + " to end; the oldest is " + Long.toUnsignedString(oldest)
                        + " (pg_stat_activity.backend_xid, pg_prepared_xacts)");
            }
            TimeUnit.MILLISECONDS.sleep(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
    }

    /** 64 bits wide, so that it never wraps. */
    private static long id(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return Long.parseUnsignedLong(row.getString(1));
        }
    }
}
