// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.awaitility.Awaitility.await;

import dev.freshet.devservices.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A commit that is in the WAL but not visible to any snapshot, as it waits for a synchronous standby that never
 * answers. {@link #close()} lets it complete.
 */
final class HiddenCommit implements AutoCloseable {
    private static final String PROBE = "SELECT pg_logical_emit_message(true, 'probe', '')";

    private final TestDatabase database;
    private final List<Connection> connections = new ArrayList<>();
    private final List<CompletableFuture<Void>> commits = new ArrayList<>();

    HiddenCommit(TestDatabase database, String statement) throws SQLException {
        this.database = database;
        database.execute("ALTER SYSTEM SET synchronous_standby_names = 'nobody'", "SELECT pg_reload_conf()");
        try {
            // Commits begin to wait once the checkpointer has seen the setting, whatever pg_settings shows.
            await().atMost(PATIENCE).until(() -> waits(PROBE));
            if (!waits(statement)) {
                throw new IllegalStateException("it was committed at once: " + statement);
            }
        } catch (RuntimeException | SQLException e) {
            close();
            throw e;
        }
    }

    /** Runs a statement that writes. Returns whether its commit waits for a standby; false if it completed. */
    private boolean waits(String statement) throws SQLException {
        Connection connection = database.connect();
        connections.add(connection);
        int pid = number(connection, "SELECT pg_backend_pid()");
        var commit = CompletableFuture.runAsync(() -> {
            try (var sql = connection.createStatement()) {
                sql.execute(statement);
            } catch (SQLException e) {
                throw new CompletionException(e);
            }
        });
        commits.add(commit);
        try (Connection observer = database.connect()) {
            String waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND pid = " + pid;
            await().atMost(PATIENCE).until(() -> commit.isDone() || number(observer, waiting) == 1);
        }
        return !commit.isDone();
    }

    private static int number(Connection connection, String query) throws SQLException {
        try (var row = connection.createStatement().executeQuery(query)) {
            row.next();
            return row.getInt(1);
        }
    }

    boolean isHidden() {
        return !commits.get(commits.size() - 1).isDone();
    }

    @Override
    public void close() throws SQLException {
        database.execute("ALTER SYSTEM RESET synchronous_standby_names", "SELECT pg_reload_conf()");
        commits.forEach(CompletableFuture::join);
        for (Connection connection : connections) {
            connection.close();
        }
    }
}
