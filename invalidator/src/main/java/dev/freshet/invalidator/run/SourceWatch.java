// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.invalidator.source.Shortcoming;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Looks now and then whether the source still has what it needs, in a thread and on a connection of its own: it takes many
 * queries, and changes must not wait for them. For one thread.
 */
final class SourceWatch implements AutoCloseable {
    private final Connection connection;
    private final Look look;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        var daemon = new Thread(work, "freshet-inspection");
        daemon.setDaemon(true);
        return daemon;
    });
    private Future<List<Shortcoming>> underWay = CompletableFuture.completedFuture(List.of());

    /** What is looked at. */
    interface Look {
        List<Shortcoming> at(Connection connection) throws SQLException;
    }

    /** @param connection for nothing else from now on; closed with this */
    SourceWatch(Connection connection, Look look) {
        this.connection = connection;
        this.look = look;
    }

    /** Begins to look. */
    void begin() {
        if (!underWay.isDone()) {
            throw new IllegalStateException("the database does not say whether it still has what is needed");
        }
        underWay = thread.submit(() -> look.at(connection));
    }

    /** What was found lacking by the look that ended last. Does not wait. */
    List<Shortcoming> found() throws SQLException, InterruptedException {
        if (!underWay.isDone()) {
            return List.of();
        }
        try {
            return underWay.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() throws SQLException {
        thread.shutdownNow();
        // Closing would wait for the answer.
        connection.abort(Runnable::run);
        connection.close();
    }
}
