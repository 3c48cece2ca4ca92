// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices;

import dev.freshet.devservices.backend.Backend;
import dev.freshet.devservices.backend.DevServicesException;
import dev.freshet.devservices.postgres.LocalPostgres;
import dev.freshet.devservices.postgres.PostgresContainer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A PostgreSQL server of its own, version 18 unless {@code -Dfreshet.postgres} says otherwise, with logical decoding.
 * Port and data survive {@link #stop()}, {@link #kill()} and {@link #resume()}; {@link #close()} removes everything.
 * Thread-safe.
 */
public final class PostgresServer extends ManagedServer {
    /** The name of the superuser. */
    public static final String SUPERUSER = LocalPostgres.SUPERUSER;

    private static final AtomicInteger COUNTER = new AtomicInteger();

    private final String password;

    PostgresServer(Backend backend, String password) {
        super(backend);
        this.password = password;
    }

    public static PostgresServer start() {
        return start(PostgresOptions.defaults());
    }

    /**
     * Starts a server. Returns when it accepts connections; otherwise throws {@link DevServicesException} with the end
     * of the log.
     */
    public static PostgresServer start(PostgresOptions options) {
        var password = Secrets.random(16);
        var backend = DevServices.start(
                PostgresContainer.image(),
                () -> PostgresContainer.start(options.preferredPort(), options.effective(), password),
                () -> LocalPostgres.start(
                        options.preferredPort(), options.effective(), password, options.quickLogins()));
        return new PostgresServer(backend, password);
    }

    /** The major version, such as 18. */
    public int version() {
        try (var connection = maintenance().connect()) {
            return connection.getMetaData().getDatabaseMajorVersion();
        } catch (SQLException e) {
            throw new DevServicesException("PostgreSQL did not tell its version", e);
        }
    }

    /** The superuser's generated password. */
    public String password() {
        return password;
    }

    /** The database {@code postgres}, as superuser. Prefer {@link #createDatabase} for anything but administration. */
    public TestDatabase maintenance() {
        return new TestDatabase(this, "postgres", SUPERUSER, password);
    }

    /** Creates an empty database. Its name starts with this prefix. */
    public TestDatabase createDatabase(String prefix) {
        return createDatabase(prefix, "template0");
    }

    /** Creates a copy of another database, to which nobody may be connected. Its name starts with this prefix. */
    public TestDatabase createDatabase(String prefix, String template) {
        var name = prefix + "_" + COUNTER.incrementAndGet();
        execute(List.of("CREATE DATABASE " + quoted(name) + " TEMPLATE " + quoted(template)));
        return new TestDatabase(this, name, SUPERUSER, password);
    }

    /** Drops a database and its replication slots, even if clients are connected to it. */
    void dropDatabase(String name) {
        dropSlots("database = '" + name + "'");
        execute(List.of("DROP DATABASE IF EXISTS " + quoted(name) + " WITH (FORCE)"));
    }

    /** Ends those that read them before: a server notices late that a client has gone. */
    void dropSlots(String which) {
        execute(List.of(
                "SELECT pg_terminate_backend(active_pid, 5000) FROM pg_replication_slots WHERE " + which
                        + " AND active_pid IS NOT NULL",
                "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE " + which));
    }

    void execute(List<String> statements) {
        try (var connection = maintenance().connect();
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new DevServicesException("PostgreSQL refused " + statements, e);
        }
    }

    Connection connect(String database, String user, String secret) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database), user, secret);
    }

    String jdbcUrl(String database) {
        return "jdbc:postgresql://" + host() + ":" + port() + "/" + database;
    }

    private static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
