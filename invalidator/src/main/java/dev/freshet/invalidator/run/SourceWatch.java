// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.core.source.Shortcoming;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Inspects the source from time to time: does it still have what is needed? Has its own thread and connection, as an
 * inspection takes many queries and changes must not wait for them. For one thread.
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

    /** One inspection. */
    interface Look {
        List<Shortcoming> at(Connection connection) throws SQLException;
    }

    /** @param connection not used for anything else from now on; closed with this object */
    SourceWatch(Connection connection, Look look) {
        this.connection = connection;
        this.look = look;
    }

    /** Starts an inspection. Fails if the previous one has not ended. */
    void begin() {
        if (!underWay.isDone()) {
            throw new IllegalStateException("the previous check of the database has not ended");
        }
        underWay = thread.submit(() -> look.at(connection));
    }

    /** What the last inspection found lacking; empty while one is running. Does not wait. */
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
        // A plain close would wait for the answer.
        connection.abort(Runnable::run);
        connection.close();
    }
}
