// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.visibility;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Waits for transactions that wrote before a gap was closed. What they wrote then is not streamed even if they commit
 * later. So if the purge ran before their commit is visible, a reader could fill the old value after it. PostgreSQL
 * waits in the same way when it creates a slot.
 */
public final class OlderTransactions {
    /** An id of our own. A snapshot's xmax would not do: the newest running transaction may not be below it. */
    private static final String NEWEST = "SELECT pg_current_xact_id()::text";

    private static final String XMIN = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text";
    /**
     * Describes the transaction. A session shows its transaction only to roles with the right to see it; a prepared
     * transaction has no session.
     */
    private static final String HOLDER = """
            SELECT 'prepared as ' || quote_literal(gid) || ' by role ' || owner || ' at ' || date_trunc('second', prepared)
                   || '; COMMIT PREPARED or ROLLBACK PREPARED ends it'
            FROM pg_prepared_xacts WHERE transaction::text::bigint = ?
            UNION ALL
            SELECT 'of process ' || pid || ', role ' || usename || ', since ' || date_trunc('second', xact_start)
                   || '; its COMMIT or pg_terminate_backend(' || pid || ') ends it'
            FROM pg_stat_activity WHERE backend_xid::text::bigint = ?
            """;

    private static final long EPOCH = 1L << 32;
    private static final long FIRST_PAUSE_MILLIS = 10;
    private static final long LONGEST_PAUSE_MILLIS = 500;

    private OlderTransactions() {}

    /**
     * Waits until every transaction that has an id by now has ended and, if it committed, is visible to new snapshots.
     * Read-only transactions have no id.
     *
     * @param connection in autocommit
     * @param waiting called before each wait, with what it waits for; an exception of it ends the wait
     */
    public static void awaitEnd(Connection connection, Consumer<String> waiting)
            throws SQLException, InterruptedException {
        long newest = id(connection, NEWEST);
        long pause = FIRST_PAUSE_MILLIS;
        long told = newest;
        String what = "";
        for (long oldest = id(connection, XMIN);
                Long.compareUnsigned(oldest, newest) < 0;
                oldest = id(connection, XMIN)) {
            if (oldest != told) {
                what = "waits for transactions older than " + Long.toUnsignedString(newest) + " to end; the oldest is "
                        + Long.toUnsignedString(oldest) + ", " + holder(connection, oldest);
                told = oldest;
            }
            waiting.accept(what);
            TimeUnit.MILLISECONDS.sleep(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
    }

    private static String holder(Connection connection, long transaction) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(HOLDER)) {
            // The views contain only the lower 32 bits of the id.
            long narrow = Long.remainderUnsigned(transaction, EPOCH);
            query.setLong(1, narrow);
            query.setLong(2, narrow);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getString(1) : "see pg_stat_activity.backend_xid and pg_prepared_xacts";
            }
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
