// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices;

import dev.freshet.devservices.backend.DevServicesException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * One database of a {@link PostgresServer}, and the user to connect as: the superuser, unless {@link #as} sets another.
 * Closing drops the database. Thread-safe.
 *
 * @param server the server that it belongs to
 * @param name name of the database
 * @param user the user to connect as
 * @param password that user's password
 */
public record TestDatabase(PostgresServer server, String name, String user, String password) implements AutoCloseable {

    /** Without user and password. */
    public String jdbcUrl() {
        return server.jdbcUrl(name);
    }

    /** With user and password, for a process that takes only a URL. */
    public String jdbcUrlWithUser() {
        return jdbcUrl() + "?user=" + user + "&password=" + password;
    }

    /** The same database for another role of the server. */
    public TestDatabase as(String otherUser, String otherPassword) {
        return new TestDatabase(server, name, otherUser, otherPassword);
    }

    public Connection connect() throws SQLException {
        return server.connect(name, user, password);
    }

    /** Unpooled. */
    public DataSource dataSource() {
        var source = new PGSimpleDataSource();
        source.setURL(jdbcUrl());
        source.setUser(user);
        source.setPassword(password);
        return source;
    }

    /** Runs statements one by one, each in its own transaction. */
    public void execute(String... statements) {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new DevServicesException("database " + name + " refused a statement: " + e.getMessage(), e);
        }
    }

    /** Drops a replication slot if it is there, also if a client reads it or has just stopped to. */
    public void dropSlot(String slot) {
        server.dropSlots("slot_name = '" + slot + "'");
    }

    /** Drops all replication slots of this database. */
    public void dropSlots() {
        server.dropSlots("database = '" + name + "'");
    }

    /** Drops the database and its replication slots, even if clients are connected. */
    @Override
    public void close() {
        server.dropDatabase(name);
    }

    @Override
    public String toString() {
        return "database " + name + " on " + server + " as " + user;
    }
}
