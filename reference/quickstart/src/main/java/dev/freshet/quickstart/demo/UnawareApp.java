// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart.demo;

import dev.freshet.devservices.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** An application that writes plain SQL and does not know the cache. Not thread-safe. */
public final class UnawareApp implements AutoCloseable {
    private final Connection connection;
    private final Connection observer;

    /**
     * Connects to the database.
     *
     * @param app with the application's role
     * @param superuser to look up the transaction of a write through the API
     */
    UnawareApp(TestDatabase app, TestDatabase superuser) {
        try {
            connection = app.connect();
            connection.setAutoCommit(false);
            observer = superuser.connect();
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** Runs the statement in its own transaction. Returns the 32-bit id of that transaction. */
    public long commit(String sql, Object... parameters) {
        try (var statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            if (statement.executeUpdate() == 0) {
                throw new QuickstartException("no row was changed by: " + sql);
            }
            var txId = number(connection, "select pg_current_xact_id()::text::bigint & 4294967295");
            connection.commit();
            return txId;
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** The 32-bit id of the last transaction that wrote to a context's stream, such as {@code project:3}. */
    public long lastTransaction(String stream) {
        return number(
                observer,
                "select xid::text::bigint & 4294967295 from freshet.event where stream = ? order by version desc limit 1",
                stream);
    }

    private static long number(Connection connection, String sql, Object... parameters) {
        try (var statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            try (var rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw new QuickstartException("nothing found by: " + sql);
                }
                return rows.getLong(1);
            }
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private static void bind(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
    }

    private static QuickstartException failure(SQLException e) {
        return new QuickstartException("PostgreSQL refused: " + e.getMessage(), e);
    }

    @Override
    public void close() {
        try {
            connection.close();
            observer.close();
        } catch (SQLException e) {
            throw failure(e);
        }
    }
}
