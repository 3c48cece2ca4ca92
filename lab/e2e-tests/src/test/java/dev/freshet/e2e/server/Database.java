// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.server;

import dev.freshet.protocol.Lsn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Plain SQL on one connection, as one role. Not thread-safe: each thread opens its own. */
public final class Database implements AutoCloseable {
    private final Connection connection;

    public Database(Connection connection) {
        this.connection = connection;
    }

    /** A block of statements. */
    @FunctionalInterface
    public interface Work {
        void run(Database database) throws SQLException;
    }

    /** Runs a statement. Returns how many rows it changed. */
    public int execute(String sql, Object... values) throws SQLException {
        try (var statement = prepare(sql, values)) {
            return statement.execute() ? 0 : statement.getUpdateCount();
        }
    }

    /** Runs a script as psql does: one statement after the other, each in a transaction of its own. */
    public void script(String sql) throws SQLException {
        for (var statement : sql.split(";\\s*(\\n|$)")) {
            if (!statement.replaceAll("(?m)^--.*$", "").isBlank()) {
                execute(statement);
            }
        }
    }

    /** Like {@link #script}, for any statements, including function bodies and transactions. */
    public void statements(String script) throws SQLException {
        for (var sql : SqlScript.statements(script)) {
            try (var statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new SQLException(e.getMessage() + "\n" + sql, e.getSQLState(), e);
            }
        }
    }

    /** Runs the work in one transaction, which is rolled back if it fails. */
    public void transaction(Work work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            work.run(this);
            connection.commit();
        } catch (SQLException | RuntimeException | Error e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** Runs the work in a transaction, and rolls it back. */
    public void rolledBack(Work work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            work.run(this);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    /** The rows, each as the text of its columns. */
    public List<List<String>> rows(String sql, Object... values) throws SQLException {
        try (var statement = prepare(sql, values);
                var result = statement.executeQuery()) {
            var rows = new ArrayList<List<String>>();
            while (result.next()) {
                rows.add(row(result));
            }
            return rows;
        }
    }

    /** The single value that a query returns; null if there is none. */
    public String value(String sql, Object... values) throws SQLException {
        var rows = rows(sql, values);
        return rows.isEmpty() ? null : rows.get(0).get(0);
    }

    /** The end of the WAL: at or past every commit so far. */
    public Lsn position() throws SQLException {
        return Lsn.parse(value("select pg_current_wal_insert_lsn()::text"));
    }

    private static List<String> row(ResultSet result) throws SQLException {
        var row = new ArrayList<String>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            row.add(result.getString(i));
        }
        return row;
    }

    private PreparedStatement prepare(String sql, Object... values) throws SQLException {
        var statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
