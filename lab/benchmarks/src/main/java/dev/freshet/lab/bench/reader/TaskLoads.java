// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.reader;

import dev.freshet.devservices.TestDatabase;
import dev.freshet.lab.bench.contexts.ContextRows;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Loads views from PostgreSQL over a fixed number of connections, and counts the loads. Thread-safe. */
final class TaskLoads implements AutoCloseable {
    private static final int CONNECTIONS = 32;

    private final ContextRows rows;
    private final BlockingQueue<Connection> idle = new ArrayBlockingQueue<>(CONNECTIONS);
    private final AtomicLong count = new AtomicLong();

    /** A value, and the point in PostgreSQL's history at which it was read. */
    record Found(byte[] json, String position, String snapshot) {}

    TaskLoads(TestDatabase database, ContextRows rows) throws SQLException {
        this.rows = rows;
        for (int i = 0; i < CONNECTIONS; i++) {
            idle.add(database.connect());
        }
    }

    Found load(View view, int task) throws SQLException, InterruptedException {
        count.incrementAndGet();
        Connection connection = idle.take();
        // The driver keeps the statements of a connection.
        try (var query = connection.prepareStatement(view.sql())) {
            query.setString(1, rows.user(task));
            query.setLong(2, task);
            try (var row = query.executeQuery()) {
                if (!row.next()) {
                    throw new IllegalStateException("there is no task " + task);
                }
                return new Found(row.getString(3).getBytes(StandardCharsets.UTF_8), row.getString(1), row.getString(2));
            }
        } finally {
            idle.add(connection);
        }
    }

    /** How often something was loaded. */
    long count() {
        return count.get();
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : idle) {
            connection.close();
        }
    }
}
