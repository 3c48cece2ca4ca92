// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.transaction;

import dev.freshet.devservices.TestDatabase;
import dev.freshet.lab.race.history.RunClock;
import dev.freshet.lab.race.history.Write;
import dev.freshet.lab.race.world.Change;
import dev.freshet.lab.race.world.ViewParser;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the database for the outcome of a transaction whose response did not arrive. Thread-safe. */
public final class OutcomeQuery {
    private static final Logger LOG = LoggerFactory.getLogger(OutcomeQuery.class);
    private static final long PAUSE_MILLIS = 1000;

    private final TestDatabase database;

    public OutcomeQuery(TestDatabase database) {
        this.database = database;
    }

    /** Waits until the database responds. Returns null if the transaction was rolled back. */
    public CommitReceipt outcomeOf(Write write, List<Change> changes) throws InterruptedException {
        while (true) {
            // If a server still works on the transaction, this gives it time to take its locks.
            Thread.sleep(PAUSE_MILLIS);
            try (var connection = database.connect()) {
                boolean committed = isThere(connection, changes.get(0), write.version());
                long acknowledged = RunClock.now();
                return committed ? new CommitReceipt(acknowledged, SqlExecutor.position(connection)) : null;
            } catch (SQLException e) {
                LOG.info("checking the outcome of {}: {}", write, e.toString());
            }
        }
    }

    private static boolean isThere(Connection connection, Change change, long version) throws SQLException {
        var row = change.row();
        try (var statement = connection.prepareStatement("select (document ->> '" + ViewParser.member(row.level())
                + "')::bigint from " + ContextTables.table(row.level()) + " where " + ContextTables.id(row.level())
                + " = ? for update")) {
            statement.setObject(1, ContextTables.id(row));
            try (var found = statement.executeQuery()) {
                boolean leaves = change.kind() == Change.Kind.DELETE || change.kind() == Change.Kind.GONE;
                return found.next() ? !leaves && found.getLong(1) == version : leaves;
            }
        }
    }
}
