// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.db;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transactions in which row-level security shows only the rows of one user. A read transaction sees one snapshot. A
 * write transaction sees at each statement what is committed, locks the rows that it changes, and is retried a few
 * times if another transaction was faster. Thread-safe.
 */
public final class UserTransactions {
    private static final Logger LOG = LoggerFactory.getLogger(UserTransactions.class);
    private static final String POSITION_ALONE = "select pg_current_wal_insert_lsn()::text";
    private static final int ATTEMPTS = 8;
    private static final int BACKOFF_MILLIS = 5;

    private final Jdbi jdbi;
    private final Runnable onRetry;
    private volatile boolean tellsCluster = true;

    /** @param onRetry called before each retry */
    public UserTransactions(Jdbi jdbi, Runnable onRetry) {
        this.jdbi = jdbi;
        this.onRetry = onRetry;
    }

    /** The work of one transaction. */
    @FunctionalInterface
    public interface Work<T> {
        T run(Handle handle);
    }

    /** @param position a WAL position at or after the commit, with the cluster it belongs to: {@code 0/1A2B3C4@730…} */
    public record Committed<T>(T value, String position) {}

    /** @throws UnavailableException if the database does not respond */
    public <T> T read(String user, Work<T> work) {
        return available(() -> jdbi.inTransaction(handle -> {
            handle.execute("set transaction isolation level repeatable read, read only");
            become(handle, user);
            return work.run(handle);
        }));
    }

    /**
     * @param work may run several times; all runs but the last are rolled back
     * @throws UnavailableException if the database does not respond, or other transactions are faster every time
     */
    public <T> Committed<T> write(String user, Work<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return available(() -> jdbi.withHandle(handle -> {
                    T value = handle.inTransaction(inside -> {
                        become(inside, user);
                        return work.run(inside);
                    });
                    return new Committed<>(value, walPosition(handle));
                }));
            } catch (RuntimeException e) {
                if (SqlFailure.of(e) != SqlFailure.RACE) {
                    throw e;
                }
                if (attempt == ATTEMPTS) {
                    throw new UnavailableException("too many concurrent writes here", e);
                }
                onRetry.run();
                pause(attempt);
            }
        }
    }

    private static <T> T available(Supplier<T> supplier) {
        try {
            return supplier.get();
        } catch (UnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            if (SqlFailure.of(e) == SqlFailure.UNAVAILABLE) {
                throw new UnavailableException("the database does not answer", e);
            }
            throw e;
        }
    }

    /**
     * Both settings end with the transaction. The second one only labels the events that triggers append for cascades.
     */
    private static void become(Handle handle, String user) {
        handle.createQuery(
                        "select set_config('freshet.user', :user, true) || set_config('freshet.source', 'api', true)")
                .bind("user", user)
                .mapTo(String.class)
                .one();
    }

    /** Omits the cluster if the role may not query it: a committed write must not look as if it had failed. */
    private String walPosition(Handle handle) {
        if (tellsCluster) {
            try {
                return position(
                        handle,
                        "select pg_current_wal_insert_lsn() || '@' || system_identifier from pg_control_system()");
            } catch (RuntimeException e) {
                if (!SqlFailure.isDenied(e)) {
                    throw e;
                }
                String alone = position(handle, POSITION_ALONE);
                tellsCluster = false;
                LOG.warn("positions of this writer do not name the database cluster, as its role may not call"
                        + " pg_control_system(); an administrator can fix that: GRANT EXECUTE ON FUNCTION"
                        + " pg_catalog.pg_control_system() TO the writer's role; then restart the writer");
                return alone;
            }
        }
        return position(handle, POSITION_ALONE);
    }

    private static String position(Handle handle, String query) {
        return handle.createQuery(query).mapTo(String.class).one();
    }

    private static void pause(int attempt) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(1, (long) BACKOFF_MILLIS << Math.min(attempt, 6)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted while waiting for others", e);
        }
    }
}
