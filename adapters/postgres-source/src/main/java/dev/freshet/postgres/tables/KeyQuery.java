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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Finds the joined rows that a template makes one key from. Immutable. */
public final class KeyQuery {
    private final Join join;
    private final String key;
    private final int most;
    private final Map<JoinNode, Header> read;
    private final String sql;

    /**
     * Builds the query.
     *
     * @param join one without an {@link #obstacle}
     * @param readings the texts that the key may have in place of columns, see {@link Join#keyColumns}; at least one
     * @param most how many joined rows to find at most
     */
    public KeyQuery(Join join, String key, List<List<String>> readings, int most) {
        obstacle(join).ifPresent(obstacle -> {
            throw new IllegalArgumentException(obstacle);
        });
        this.most = most;
        this.join = join;
        this.key = key;
        this.read = read(join);
        this.sql = "SELECT " + selected() + "\nFROM " + tables() + where(readings) + "\nLIMIT " + most;
    }

    /** Why the rows of this template cannot be found by their key; empty if they can. */
    public static Optional<String> obstacle(Join join) {
        for (JoinNode node : join.nodes()) {
            if (node.carriesKey() && !node.isRoot() && node.step().isRepeated()) {
                return Optional.of("step " + node.step() + " repeats");
            }
        }
        return join.keyColumns().stream()
                .flatMap(column -> column.functions().stream())
                .filter(function -> !FunctionSql.has(function))
                .findFirst()
                .map(function -> "function " + function.name() + " has no inverse");
    }

    /** Nothing, if all rows have the key. */
    private String where(List<List<String>> readings) {
        var conditions = new ArrayList<String>();
        if (!join.keyColumns().isEmpty()) {
            List<String> ways =
                    readings.stream().map(this::condition).distinct().toList();
            String any = String.join("\n   OR ", ways);
            conditions.add(ways.size() > 1 && join.template().isConditional() ? "(" + any + ")" : any);
        }
        if (join.template().isConditional()) {
            JoinNode root = join.nodes().get(0);
            conditions.add(ConditionSql.of(join.template().when(), column -> column(root, column)));
        }
        return conditions.isEmpty() ? "" : "\nWHERE " + String.join("\n  AND ", conditions);
    }

    /** The id, and the columns that the key and the condition are built from, of each table that the key depends on. */
    private static Map<JoinNode, Header> read(Join join) {
        var read = new LinkedHashMap<JoinNode, Header>();
        for (JoinNode node : join.nodes()) {
            if (node.carriesKey()) {
                Set<String> columns = new LinkedHashSet<>(node.entity().id());
                join.keyColumns().stream()
                        .filter(column -> column.node() == node)
                        .forEach(column -> columns.add(column.name()));
                if (node.isRoot()) {
                    columns.addAll(join.template().when().columns());
                }
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
                .mapToObj(i -> FunctionSql.apply(
                                columns.get(i).functions(),
                                column(columns.get(i).node(), columns.get(i).name()))
                        + " = " + Sql.literal(values.get(i)))
                .distinct()
                .collect(Collectors.joining(" AND "));
    }

    private static String table(JoinNode node) {
        return Sql.table(node.entity().table()) + " t" + node.index();
    }

    private static String column(JoinNode node, String name) {
        return "t" + node.index() + "." + Sql.identifier(name);
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
     * What a query found.
     *
     * @param rows joined rows, by the index of their table in the join; null for a table that is not read
     * @param cut whether the database found as many as it may, so that there may be more
     */
    public record Found(List<Row[]> rows, boolean cut) {}

    /**
     * Runs it. Of what the database finds, only the rows are returned that make this key: it may call values equal that
     * print differently.
     */
    public Found run(Connection connection) throws SQLException {
        var found = new ArrayList<Row[]>();
        int all = 0;
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            try (var rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    all++;
                    var tuple = new Row[join.nodes().size()];
                    int column = 0;
                    for (var table : read.entrySet()) {
                        String[] values = new String[table.getValue().columns().size()];
                        for (int i = 0; i < values.length; i++) {
                            values[i] = rows.getString(++column);
                        }
                        tuple[table.getKey().index()] = Row.of(table.getValue(), values);
                    }
                    if (join.keys(tuple).map(keys -> keys.contains(key)).orElse(true)) {
                        found.add(tuple);
                    }
                }
            }
        }
        return new Found(found, all >= most);
    }

    @Override
    public String toString() {
        return sql;
    }
}
