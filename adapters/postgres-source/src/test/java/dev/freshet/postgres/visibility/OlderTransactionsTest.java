// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.visibility;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.devservices.PostgresOptions;
import dev.freshet.devservices.PostgresServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

@WithPostgres
class OlderTransactionsTest {
    private final TestDatabase database;

    OlderTransactionsTest(TestDatabase database) {
        this.database = database;
    }

    /** A snapshot's xmax would be the id of that very transaction. */
    @Test
    void theTransactionWithTheNewestIdIsWaitedForToo() throws Exception {
        try (var running = database.connect();
                var asking = database.connect()) {
            running.setAutoCommit(false);
            running.createStatement().execute("SELECT pg_current_xact_id()");
            var reason = new AtomicReference<String>();
            var waiting = CompletableFuture.runAsync(() -> {
                try {
                    OlderTransactions.awaitEnd(asking, reason::set);
                } catch (SQLException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            await().atMost(PATIENCE).until(() -> reason.get() != null || waiting.isDone());
            assertThat(waiting).isNotDone();
            assertThat(reason.get())
                    .contains("of process " + running.unwrap(PGConnection.class).getBackendPID() + ", role "
                            + database.user());
            running.commit();
            waiting.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /** It has no session that could be looked for, and may stay for months. */
    @Test
    void aPreparedTransactionIsNamedWithWhatEndsIt() throws Exception {
        var options = PostgresOptions.defaults().set("max_prepared_transactions", "2");
        try (var server = PostgresServer.start(options);
                var own = server.createDatabase("prepared");
                var asking = own.connect()) {
            own.execute(
                    "CREATE TABLE prepared (id int)",
                    "BEGIN; INSERT INTO prepared VALUES (1); PREPARE TRANSACTION 'left open'");
            var reason = new AtomicReference<String>();
            var waiting = CompletableFuture.runAsync(() -> {
                try {
                    OlderTransactions.awaitEnd(asking, reason::set);
                } catch (SQLException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            await().atMost(PATIENCE).until(() -> reason.get() != null || waiting.isDone());
            assertThat(reason.get())
                    .contains("prepared as 'left open' by role " + own.user(), "ROLLBACK PREPARED ends it");
            assertThat(waiting).isNotDone();
            own.execute("ROLLBACK PREPARED 'left open'");
            waiting.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @Test
    void whoOnlyReadsIsNotWaitedFor() throws Exception {
        try (var reading = database.connect();
                var asking = database.connect()) {
            reading.setAutoCommit(false);
            reading.createStatement().execute("SELECT pg_current_snapshot()");
            var reason = new AtomicReference<String>();
            OlderTransactions.awaitEnd(asking, reason::set);
            assertThat(reason.get()).isNull();
        }
    }
}
