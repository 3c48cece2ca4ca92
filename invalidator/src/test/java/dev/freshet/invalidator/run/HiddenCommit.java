// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.awaitility.Awaitility.await;

import dev.freshet.devservices.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A commit that is in the WAL and that no snapshot shows, as it waits for a synchronous standby that does not come.
 * {@link #close()} lets it go through.
 */
final class HiddenCommit implements AutoCloseable {
    private final TestDatabase database;
    private final Connection connection;
    private final CompletableFuture<Void> commit;

    HiddenCommit(TestDatabase database, String statement) throws SQLException {
        this.database = database;
        this.connection = database.connect();
        database.execute("ALTER SYSTEM SET synchronous_standby_names = 'nobody'", "SELECT pg_reload_conf()");
        awaitOne("SELECT count(*) FROM pg_settings WHERE name = 'synchronous_standby_names' AND setting = 'nobody'");
        this.commit = CompletableFuture.runAsync(() -> {
            try (var sql = connection.createStatement()) {
                sql.execute(statement);
            } catch (SQLException e) {
                throw new CompletionException(e);
            }
        });
        awaitOne("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND query LIKE 'INSERT%'");
    }

    boolean isHidden() {
        return !commit.isDone();
    }

    private void awaitOne(String query) {
        await().atMost(PATIENCE).until(() -> {
            try (var other = database.connect();
                    var row = other.createStatement().executeQuery(query)) {
                return row.next() && row.getInt(1) == 1;
            }
        });
    }

    @Override
    public void close() throws SQLException {
        database.execute("ALTER SYSTEM RESET synchronous_standby_names", "SELECT pg_reload_conf()");
        commit.join();
        connection.close();
    }
}
