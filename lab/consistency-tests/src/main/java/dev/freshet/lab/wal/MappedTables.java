// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.wal;

import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The mapped tables of a database, as PostgreSQL's catalog describes them. */
final class MappedTables {
    private final Map<TableName, Table> tables = new LinkedHashMap<>();

    /** A column that statements may set, and whether it may be null. */
    record Column(String name, boolean nullable) {}

    /**
     * A foreign key to a table.
     *
     * @param columns columns of this table
     * @param to columns of the other table, in the same order
     */
    record ForeignKey(List<String> columns, TableName target, List<String> to) {}

    record Table(TableName name, List<String> id, List<Column> columns, List<ForeignKey> foreignKeys) {
        String sql() {
            return quote(name.schema()) + "." + quote(name.table());
        }
    }

    MappedTables(Connection connection, Mapping mapping) throws SQLException {
        for (EntityMapping entity : mapping.entities().values()) {
            TableName name = entity.table();
            tables.put(name, new Table(name, entity.id(), columns(connection, name), foreignKeys(connection, name)));
        }
    }

    List<Table> tables() {
        return List.copyOf(tables.values());
    }

    Table table(TableName name) {
        return tables.get(name);
    }

    private static List<Column> columns(Connection connection, TableName table) throws SQLException {
        var columns = new ArrayList<Column>();
        // Generated columns cannot be set and, before PostgreSQL 18, are not in the WAL.
        try (var statement = connection.prepareStatement(
                "SELECT attname, NOT attnotnull FROM pg_attribute WHERE attrelid = ?::regclass"
                        + " AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum")) {
            statement.setString(1, quote(table.schema()) + "." + quote(table.table()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    columns.add(new Column(rows.getString(1), rows.getBoolean(2)));
                }
            }
        }
        return List.copyOf(columns);
    }

    private static List<ForeignKey> foreignKeys(Connection connection, TableName table) throws SQLException {
        var keys = new ArrayList<ForeignKey>();
        try (var statement = connection.prepareStatement("""
                SELECT n.nspname, r.relname,
                    (SELECT array_agg(a.attname::text ORDER BY k.n) FROM unnest(c.conkey) WITH ORDINALITY k (no, n)
                        JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.no),
                    (SELECT array_agg(a.attname::text ORDER BY k.n) FROM unnest(c.confkey) WITH ORDINALITY k (no, n)
                        JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.no)
                FROM pg_constraint c JOIN pg_class r ON r.oid = c.confrelid JOIN pg_namespace n ON n.oid = r.relnamespace
                WHERE c.contype = 'f' AND c.conrelid = ?::regclass ORDER BY c.conname""")) {
            statement.setString(1, quote(table.schema()) + "." + quote(table.table()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    keys.add(new ForeignKey(
                            List.of((String[]) rows.getArray(3).getArray()),
                            new TableName(rows.getString(1), rows.getString(2)),
                            List.of((String[]) rows.getArray(4).getArray())));
                }
            }
        }
        return List.copyOf(keys);
    }

    /** All rows of all tables, as PostgreSQL prints them. */
    TableRows read(Connection connection) throws SQLException {
        var rows = new TableRows();
        for (Table table : tables.values()) {
            String columns = table.columns().stream()
                    .map(column -> quote(column.name()) + "::text")
                    .collect(Collectors.joining(", "));
            var read = new ArrayList<Map<String, String>>();
            try (Statement statement = connection.createStatement();
                    ResultSet found = statement.executeQuery("SELECT " + columns + " FROM " + table.sql())) {
                while (found.next()) {
                    Map<String, String> row = new LinkedHashMap<>();
                    for (int i = 0; i < table.columns().size(); i++) {
                        row.put(table.columns().get(i).name(), found.getString(i + 1));
                    }
                    read.add(row);
                }
            }
            rows.put(table.name(), read);
        }
        return rows;
    }

    static String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
