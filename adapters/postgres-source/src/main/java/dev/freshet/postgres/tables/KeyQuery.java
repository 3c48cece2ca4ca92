// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.tables;

import dev.freshet.core.plan.join.Join;
import dev.freshet.core.plan.join.Join.KeyColumn;
import dev.freshet.core.plan.join.JoinNode;
import dev.freshet.core.stream.Header;
import dev.freshet.core.stream.Row;
import dev.freshet.postgres.connection.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Finds the joined rows that a template makes one key from. Immutable. */
public final class KeyQuery {
    private final Join join;
    private final String key;
    private final Map<JoinNode, Header> read;
    private final String sql;

    /**
     * Builds the query.
     *
     * @param readings the values that the columns of the key may have, see {@link Join#keyColumns}; at least one
     * @param most how many joined rows to find at most
     */
    public KeyQuery(Join join, String key, List<List<String>> readings, int most) {
        this.join = join;
        this.key = key;
        this.read = read(join);
        this.sql = "SELECT " + selected() + "\nFROM " + tables() + where(readings) + "\nLIMIT " + most;
    }

    /** Nothing, if the key is the same for all rows. */
    private String where(List<List<String>> readings) {
        return join.keyColumns().isEmpty()
                ? ""
                : "\nWHERE "
                        + readings.stream().map(this::condition).distinct().collect(Collectors.joining("\n   OR "));
    }

    /** The id, and the columns that the key is built from, of each table that the key depends on. */
    private static Map<JoinNode, Header> read(Join join) {
        var read = new LinkedHashMap<JoinNode, Header>();
        for (JoinNode node : join.nodes()) {
            if (node.carriesKey()) {
                Set<String> columns = new LinkedHashSet<>(node.entity().id());
                join.keyColumns().stream()
                        .filter(column -> column.node() == node)
                        .forEach(column -> columns.add(column.name()));
                read.put(node, Header.of(columns));
            }
        }
        return read;
    }

    private String selected() {
        return read.entrySet().stream()
                .flatMap(table ->
                        table.getValue().columns().stream().map(name -> column(table.getKey(), name) + "::text"))
                .collect(Collectors.joining(", "));
    }

    private String tables() {
        return read.keySet().stream()
                .map(node -> node.parent()
                        .map(parent -> "JOIN " + table(node) + " ON "
                                + IntStream.range(0, node.step().far().size())
                                        .mapToObj(i -> column(
                                                        node, node.step().far().get(i)) + " = "
                                                + column(
                                                        parent,
                                                        node.step().near().get(i)))
                                        .collect(Collectors.joining(" AND ")))
                        .orElse(table(node)))
                .collect(Collectors.joining("\n"));
    }

    private String condition(List<String> values) {
        List<KeyColumn> columns = join.keyColumns();
        return IntStream.range(0, columns.size())
                .mapToObj(i -> column(columns.get(i).node(), columns.get(i).name()) + " = " + literal(values.get(i)))
                .distinct()
                .collect(Collectors.joining(" AND "));
    }

    private static String table(JoinNode node) {
        return Sql.table(node.entity().table()) + " t" + node.index();
    }

    private static String column(JoinNode node, String name) {
        return "t" + node.index() + "." + Sql.identifier(name);
    }

    private static String literal(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    /** The statement, ready to paste. */
    public String sql() {
        return sql;
    }

    /** The tables whose rows it finds: those that the key is built from, and those on the way to them. */
    public List<JoinNode> tablesRead() {
        return List.copyOf(read.keySet());
    }

    /**
     * Runs it.
     *
     * @return joined rows, by the index of their table in the join; null for a table that is not read. Only those that
     *     make exactly this key: the database may call values equal that print differently.
     */
    public List<Row[]> run(Connection connection) throws SQLException {
        var found = new ArrayList<Row[]>();
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            try (var rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    var tuple = new Row[join.nodes().size()];
                    int column = 0;
                    for (var table : read.entrySet()) {
                        String[] values = new String[table.getValue().columns().size()];
                        for (int i = 0; i < values.length; i++) {
                            values[i] = rows.getString(++column);
                        }
                        tuple[table.getKey().index()] = Row.of(table.getValue(), values);
                    }
                    if (key.equals(join.key(tuple))) {
                        found.add(tuple);
                    }
                }
            }
        }
        return found;
    }

    @Override
    public String toString() {
        return sql;
    }
}
