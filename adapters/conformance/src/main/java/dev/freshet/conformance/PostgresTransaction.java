// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.conformance;

import dev.freshet.model.mapping.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.stream.Collectors;

/** A transaction on PostgreSQL, over a connection of its own, for the tests of adapters that read PostgreSQL. One thread. */
public final class PostgresTransaction implements SourceTransaction {
    private static final long LOW_HALF = 0xFFFF_FFFFL;

    private final Connection connection;

    /** @param connection closed with the transaction */
    public PostgresTransaction(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
    }

    @Override
    public long id() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_current_xact_id()::text")) {
            row.next();
            return Long.parseUnsignedLong(row.getString(1)) & LOW_HALF;
        }
    }

    @Override
    public void insert(TableName table, Map<String, String> row) throws SQLException {
        String names = row.keySet().stream().map(PostgresTransaction::name).collect(Collectors.joining(", "));
        String values = row.values().stream().map(PostgresTransaction::literal).collect(Collectors.joining(", "));
        execute("INSERT INTO " + name(table) + " (" + names + ") VALUES (" + values + ")");
    }

    @Override
    public void update(TableName table, Map<String, String> key, Map<String, String> changed) throws SQLException {
        execute("UPDATE " + name(table) + " SET " + pairs(changed, ", ") + " WHERE " + pairs(key, " AND "));
    }

    @Override
    public void delete(TableName table, Map<String, String> key) throws SQLException {
        execute("DELETE FROM " + name(table) + " WHERE " + pairs(key, " AND "));
    }

    @Override
    public void truncate(TableName table) throws SQLException {
        execute("TRUNCATE " + name(table));
    }

    @Override
    public void mark(String content) throws SQLException {
        execute("SELECT pg_logical_emit_message(true, 'freshet', " + literal(content) + ")");
    }

    @Override
    public void commit() throws SQLException {
        connection.commit();
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("the transaction's connection could not be closed", e);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String pairs(Map<String, String> values, String between) {
        return values.entrySet().stream()
                .map(entry -> name(entry.getKey()) + " = " + literal(entry.getValue()))
                .collect(Collectors.joining(between));
    }

    private static String name(TableName table) {
        return name(table.schema()) + "." + name(table.table());
    }

    private static String name(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    private static String literal(String value) {
        return value == null ? "NULL" : "'" + value.replace("'", "''") + "'";
    }
}
