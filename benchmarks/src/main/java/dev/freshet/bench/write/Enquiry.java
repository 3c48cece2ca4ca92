// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.write;

import dev.freshet.bench.history.Ticks;
import dev.freshet.bench.history.Write;
import dev.freshet.bench.world.Change;
import dev.freshet.bench.world.Values;
import dev.freshet.devservices.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the database for the outcome of a transaction whose response did not arrive. Thread-safe. */
final class Enquiry {
    private static final Logger LOG = LoggerFactory.getLogger(Enquiry.class);
    private static final long PAUSE_MILLIS = 1000;

    private final TestDatabase database;

    Enquiry(TestDatabase database) {
        this.database = database;
    }

    /** Waits until the database responds. Returns null if the transaction was rolled back. */
    Receipt whatBecameOf(Write write, List<Change> changes) throws InterruptedException {
        while (true) {
            // If a server still works on the transaction, this gives it time to take its locks.
            Thread.sleep(PAUSE_MILLIS);
            try (var connection = database.connect()) {
                boolean committed = isThere(connection, changes.get(0), write.version());
                long acknowledged = Ticks.now();
                return committed ? new Receipt(acknowledged, SqlHand.position(connection)) : null;
            } catch (SQLException e) {
                LOG.info("checking the outcome of {}: {}", write, e.toString());
            }
        }
    }

    private static boolean isThere(Connection connection, Change change, long version) throws SQLException {
        var row = change.row();
        try (var statement = connection.prepareStatement("select (document ->> '" + Values.member(row.level())
                + "')::bigint from " + Tables.table(row.level()) + " where " + Tables.id(row.level())
                + " = ? for update")) {
            statement.setObject(1, SqlHand.id(row));
            try (var found = statement.executeQuery()) {
                boolean leaves = change.kind() == Change.Kind.DELETE || change.kind() == Change.Kind.GONE;
                return found.next() ? !leaves && found.getLong(1) == version : leaves;
            }
        }
    }
}
