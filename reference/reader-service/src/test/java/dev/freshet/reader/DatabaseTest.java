// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.reader;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.freshet.cache.Loaded;
import dev.freshet.devservices.PostgresServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.protocol.Tag;
import dev.freshet.support.config.postgres.JdbcSettings;
import dev.freshet.support.http.problem.ApiException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A load reads one moment of the database, and fails where the database does. */
@WithPostgres(template = MigratedDatabase.class)
class DatabaseTest {
    private static final Loaded<String> VALUE = Loaded.absent(List.of(Tag.row("task", List.of("111"))));

    private final TestDatabase database;
    private Database reader;

    DatabaseTest(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void open() {
        Sample.fill(database);
        var as = MigratedDatabase.asReader(database);
        var properties = new Properties();
        properties.setProperty("user", as.user());
        properties.setProperty("password", as.password());
        reader = Database.open(new JdbcSettings(as.jdbcUrl(), properties), new SimpleMeterRegistry());
    }

    @AfterEach
    void close() {
        reader.close();
    }

    @Test
    void whatIsCommittedAfterTheFirstStatementIsNotSeen() {
        var names = new ArrayList<String>();
        reader.readAs("u1", handle -> {
            database.execute("update freshet.task_context set name = 'new' where id = 111");
            names.add(name(handle));
            return VALUE;
        });
        reader.readAs("u1", handle -> {
            names.add(name(handle));
            return VALUE;
        });
        assertThat(names).containsExactly("t111", "new");
    }

    @Test
    void aConnectionThatWasCutBeforeTheLoadCostsNothing() {
        reader.readAs("u1", handle -> VALUE);
        cutConnections();
        // The pool may hand out one that is dead; the next read is not lost.
        await().atMost(PATIENCE).ignoreExceptions().until(() -> reader.readAs("u1", handle -> VALUE) != null);
    }

    @Test
    void aConnectionThatIsCutInTheMiddleFailsTheLoad() {
        assertThatThrownBy(() -> reader.readAs("u1", handle -> {
                    name(handle);
                    cutConnections();
                    name(handle);
                    return VALUE;
                }))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> assertThat(e.problem().status()).isEqualTo(503));
    }

    @Test
    void aConnectionThatIsCutBeforeTheEndFailsTheLoadToo() {
        assertThatThrownBy(() -> reader.readAs("u1", handle -> {
                    name(handle);
                    cutConnections();
                    return VALUE;
                }))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> assertThat(e.problem().status()).isEqualTo(503));
    }

    @Test
    void aTableThatIsLockedFailsTheLoadInTime() throws Exception {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table freshet.task_context in access exclusive mode");
            var load = CompletableFuture.supplyAsync(() -> reader.readAs("u1", handle -> {
                name(handle);
                return VALUE;
            }));
            await().atMost(PATIENCE).until(load::isCompletedExceptionally);
        }
    }

    @Test
    void aRoleThatMayNotAskForTheClusterIsToldWhatItLacks() {
        assertThat(reader.problem()).isEmpty();
        database.execute("REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC");
        try {
            assertThat(reader.problem())
                    .hasValueSatisfying(
                            problem -> assertThat(problem).contains("GRANT EXECUTE", "pg_control_system()"));
        } finally {
            database.execute("GRANT EXECUTE ON FUNCTION pg_control_system() TO PUBLIC");
        }
        assertThat(reader.problem()).isEmpty();
    }

    /** A standby without a primary: it replays nothing, and answers like any other. */
    @Test
    void aStandbyIsRefused() throws Exception {
        try (var server = PostgresServer.start()) {
            Files.createFile(dataFolder(server).resolve("standby.signal"));
            server.restart();
            var as = server.maintenance();
            var properties = new Properties();
            properties.setProperty("user", as.user());
            properties.setProperty("password", as.password());
            try (var standby = Database.open(new JdbcSettings(as.jdbcUrl(), properties), new SimpleMeterRegistry())) {
                assertThat(standby.problem())
                        .hasValueSatisfying(problem -> assertThat(problem).contains("standby"));
                assertThatThrownBy(() -> standby.readAs("u1", handle -> VALUE))
                        .isInstanceOfSatisfying(ApiException.class, e -> {
                            assertThat(e.problem().status()).isEqualTo(503);
                            assertThat(e.problem().detail()).contains("standby", "expected the primary");
                        });
            }
        }
    }

    private static Path dataFolder(PostgresServer server) throws SQLException {
        try (var connection = server.maintenance().connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery("show data_directory")) {
            row.next();
            return Path.of(row.getString(1));
        }
    }

    private void cutConnections() {
        database.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'freshet_reader'"
                + " and datname = current_database()");
    }

    private static String name(Handle handle) {
        return handle.createQuery("select name from freshet.task_context where id = 111")
                .mapTo(String.class)
                .one();
    }
}
