// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.wal;

import dev.freshet.lab.wal.MappedTables.Column;
import dev.freshet.lab.wal.MappedTables.ForeignKey;
import dev.freshet.lab.wal.MappedTables.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Generates statements over arbitrary tables. Values are taken from other rows, so that they have the right type. A
 * statement may violate a constraint and then fails.
 */
final class StatementGenerator {
    private final MappedTables database;
    private final TableRows first;
    private final Random random;
    private final boolean truncates;
    private TableRows rows;
    private long next = 1_000_000;

    /**
     * Prepares the generation of statements.
     *
     * @param first the initial rows; what has become rare is taken from them again
     * @param truncates whether tables may be truncated
     */
    StatementGenerator(MappedTables database, TableRows first, Random random, boolean truncates) {
        this.database = database;
        this.first = first;
        this.random = random;
        this.truncates = truncates;
    }

    /** The statements of one transaction, for tables with these rows. */
    List<String> transaction(TableRows now) {
        rows = now;
        var statements = new ArrayList<String>();
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            statement(any(database.tables()), statements);
        }
        return statements;
    }

    private void statement(Table table, List<String> statements) {
        List<Map<String, String>> there = rows.of(table.name());
        int choice = there.isEmpty() ? 0 : random.nextInt(100);
        Map<String, String> row = there.isEmpty() ? null : any(there);
        if (choice < 14) {
            insert(table, statements);
        } else if (choice < 24) {
            statements.add("DELETE FROM " + table.sql() + where(table, row));
        } else if (choice < 30) {
            Map<String, String> id = new LinkedHashMap<>();
            table.id().forEach(column -> id.put(column, fresh(table, column)));
            update(table, row, id, statements);
        } else if (choice < 34) {
            again(table, row, statements);
        } else if (choice < 38) {
            swap(table, row, any(there), statements);
        } else if (choice < 41) {
            Column column = any(table.columns());
            statements.add("UPDATE %s SET %s = %s"
                    .formatted(table.sql(), MappedTables.quote(column.name()), literal(value(table, column))));
        } else if (choice < 42 && truncates) {
            statements.add("TRUNCATE " + table.sql() + " CASCADE");
        } else if (choice < 62 && !table.foreignKeys().isEmpty()) {
            move(table, row, statements);
        } else {
            Map<String, String> values = new LinkedHashMap<>();
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                Column column = any(table.columns());
                if (!table.id().contains(column.name())) {
                    values.put(column.name(), value(table, column));
                }
            }
            update(table, row, values, statements);
        }
    }

    private void insert(Table table, List<String> statements) {
        List<Map<String, String>> models = first.of(table.name());
        if (models.isEmpty()) {
            return;
        }
        Map<String, String> row = new LinkedHashMap<>(any(models));
        if (random.nextInt(3) > 0) {
            table.id().forEach(column -> row.put(column, fresh(table, column)));
        }
        table.columns().stream()
                .filter(column -> !table.id().contains(column.name()) && random.nextInt(3) == 0)
                .forEach(column -> row.put(column.name(), value(table, column)));
        statements.add(insertion(table, row));
    }

    private static String insertion(Table table, Map<String, String> row) {
        return "INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE VALUES (%s)"
                .formatted(
                        table.sql(),
                        row.keySet().stream().map(MappedTables::quote).collect(Collectors.joining(", ")),
                        row.values().stream().map(StatementGenerator::literal).collect(Collectors.joining(", ")));
    }

    /** Deletes a row and inserts it again, with some other values. */
    private void again(Table table, Map<String, String> row, List<String> statements) {
        statements.add("DELETE FROM " + table.sql() + where(table, row));
        Map<String, String> other = new LinkedHashMap<>(row);
        table.columns().stream()
                .filter(column -> !table.id().contains(column.name()) && random.nextInt(3) == 0)
                .forEach(column -> other.put(column.name(), value(table, column)));
        statements.add(insertion(table, other));
    }

    private void swap(Table table, Map<String, String> one, Map<String, String> other, List<String> statements) {
        Map<String, String> to = new LinkedHashMap<>();
        Map<String, String> from = new LinkedHashMap<>();
        table.columns().stream()
                .map(Column::name)
                .filter(column -> !table.id().contains(column) && random.nextBoolean())
                .forEach(column -> {
                    to.put(column, other.get(column));
                    from.put(column, one.get(column));
                });
        update(table, one, to, statements);
        update(table, other, from, statements);
    }

    /** Points a foreign key of the row at another row. */
    private void move(Table table, Map<String, String> row, List<String> statements) {
        ForeignKey key = any(table.foreignKeys());
        List<Map<String, String>> targets = rows.of(key.target());
        Map<String, String> values = new LinkedHashMap<>();
        if (targets.isEmpty() || random.nextInt(6) == 0) {
            key.columns().forEach(column -> values.put(column, null));
        } else {
            Map<String, String> target = any(targets);
            for (int i = 0; i < key.columns().size(); i++) {
                values.put(key.columns().get(i), target.get(key.to().get(i)));
            }
        }
        update(table, row, values, statements);
    }

    private static void update(
            Table table, Map<String, String> row, Map<String, String> values, List<String> statements) {
        if (!values.isEmpty()) {
            String set = values.entrySet().stream()
                    .map(e -> MappedTables.quote(e.getKey()) + " = " + literal(e.getValue()))
                    .collect(Collectors.joining(", "));
            statements.add("UPDATE " + table.sql() + " SET " + set + where(table, row));
        }
    }

    private static String where(Table table, Map<String, String> row) {
        return table.id().stream()
                .map(column -> MappedTables.quote(column) + " = " + literal(row.get(column)))
                .collect(Collectors.joining(" AND ", " WHERE ", ""));
    }

    private String value(Table table, Column column) {
        if (column.nullable() && random.nextInt(6) == 0) {
            return null;
        }
        List<Map<String, String>> from = random.nextBoolean() ? rows.of(table.name()) : first.of(table.name());
        return from.isEmpty() ? null : any(from).get(column.name());
    }

    /** A value for part of an id: a new number, or the value of another row. */
    private String fresh(Table table, String column) {
        List<Map<String, String>> models = first.of(table.name());
        String model = models.isEmpty() ? null : any(models).get(column);
        boolean number = model != null && model.matches("\\d{1,9}");
        boolean matched =
                table.foreignKeys().stream().anyMatch(key -> key.columns().contains(column));
        return number && !matched && random.nextInt(3) > 0 ? String.valueOf(next++ % 30_000) : model;
    }

    private static String literal(String value) {
        return value == null ? "NULL" : "'" + value.replace("'", "''") + "'";
    }

    private <T> T any(List<T> list) {
        return Objects.requireNonNull(list.get(random.nextInt(list.size())));
    }
}
