// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.writer;

import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.stack.StackException;
import dev.freshet.lab.bench.contexts.ContextProcesses;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits until the invalidator has acknowledged what was written, so that one measurement leaves nothing to the next. */
final class CatchUp {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final TestDatabase database;

    CatchUp(TestDatabase database) {
        this.database = database;
    }

    /**
     * Returns when everything that is committed now was handled.
     *
     * @param more writes once more: the acknowledgement of the last of all may wait for a next one
     */
    void await(Write more, int task) throws SQLException, IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            String end;
            try (var row = statement.executeQuery("SELECT pg_current_wal_lsn()::text")) {
                row.next();
                end = row.getString(1);
            }
            var done = "SELECT confirmed_flush_lsn >= '" + end + "' FROM pg_replication_slots WHERE slot_name = '"
                    + ContextProcesses.slot(database) + "'";
            for (long i = 0; ; i++) {
                try (var row = statement.executeQuery(done)) {
                    if (row.next() && row.getBoolean(1)) {
                        return;
                    }
                }
                if (System.nanoTime() > deadline) {
                    throw new StackException(
                            "the invalidator was still behind, " + PATIENCE.toSeconds() + " s after the last write");
                }
                if (i % 10 == 9) {
                    more.change(task, i);
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }
}
