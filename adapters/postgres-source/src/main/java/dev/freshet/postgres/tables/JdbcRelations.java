// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.tables;

import dev.freshet.core.plan.Planner;
import dev.freshet.core.plan.rows.LookUpException;
import dev.freshet.core.plan.rows.Relations;
import dev.freshet.core.plan.rows.TableReads;
import dev.freshet.core.stream.Header;
import dev.freshet.core.stream.Row;
import dev.freshet.model.mapping.TableName;
import dev.freshet.postgres.connection.FailureCause;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.Query;

/**
 * Looks up rows of the application's tables over one connection that is used for nothing else: one query per call, with
 * a cursor, so that memory stays bounded. Values are in the text form of {@code column::text} in UTC and ISO style, as
 * in captured changes. One thread at a time.
 */
public final class JdbcRelations implements Relations {
    private static final int FETCH = 1000;
    private static final String TYPES = """
            SELECT a.attname AS name, format_type(a.atttypid, -1) AS type
            FROM pg_attribute a
            JOIN pg_class c ON c.oid = a.attrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = :schema AND c.relname = :table AND a.attnum > 0 AND NOT a.attisdropped""";

    private final Handle handle;
    private final Map<TableName, TableReads> reads;
    private final Map<Lookup, Statement> statements = new HashMap<>();

    private record Lookup(TableName table, List<String> columns) {}

    private record Statement(String sql, Header header, List<String> types) {}

    /**
     * Creates look-ups over a handle.
     *
     * @param handle of a session whose {@link dev.freshet.postgres.connection.SessionSettings settings} are pinned; the
     *     caller must close it
     */
    public JdbcRelations(Handle handle, Planner planner) {
        this.handle = handle;
        this.reads = planner.reads();
        handle.registerArrayType(String.class, "text");
    }

    @Override
    public void find(TableName table, List<String> columns, List<List<String>> tuples, Found found) {
        // A cursor needs a transaction; a nested look-up joins the open one.
        if (handle.isInTransaction()) {
            query(table, columns, tuples, found);
            return;
        }
        try {
            handle.useTransaction(h -> query(table, columns, tuples, found));
        } catch (JdbiException e) {
            if (FailureCause.isPassing(e)) {
                throw e;
            }
            // A cached statement may refer to an earlier definition of the table.
            statements.clear();
            throw new LookUpException(e);
        }
    }

    private void query(TableName table, List<String> columns, List<List<String>> tuples, Found found) {
        Statement statement = statements.computeIfAbsent(new Lookup(table, columns), this::statement);
        try (Query query = handle.createQuery(statement.sql())) {
            for (int i = 0; i < columns.size(); i++) {
                int column = i;
                String type = statement.types().get(i);
                query.bindArray(
                        "c" + i,
                        String.class,
                        tuples.stream()
                                .map(tuple ->
                                        IntegerRange.isOutside(type, tuple.get(column)) ? null : tuple.get(column))
                                .toArray());
            }
            query.setFetchSize(FETCH).scanResultSet((rows, context) -> {
                hand(rows.get(), statement.header(), found);
                return null;
            });
        }
    }

    private static void hand(ResultSet rows, Header header, Found found) throws SQLException {
        while (rows.next()) {
            String[] values = new String[header.columns().size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = rows.getString(i + 2);
            }
            found.row((int) rows.getLong(1) - 1, Row.of(header, values));
        }
    }

    /** Tuples are passed as text arrays and cast to the columns' types, so that the join can use indexes. */
    private Statement statement(Lookup lookup) {
        Map<String, String> types = types(lookup.table());
        List<String> read = reads.get(lookup.table()).columns();
        List<String> columns = lookup.columns();
        String selected =
                read.stream().map(column -> ", t." + quote(column) + "::text").collect(Collectors.joining());
        String arrays = IntStream.range(0, columns.size())
                .mapToObj(i -> "CAST(:c" + i + " AS " + types.get(columns.get(i)) + "[])")
                .collect(Collectors.joining(", "));
        String names = IntStream.range(0, columns.size()).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
        String equal = IntStream.range(0, columns.size())
                .mapToObj(i -> "t." + quote(columns.get(i)) + " = k.c" + i)
                .collect(Collectors.joining(" AND "));
        String sql = "SELECT k.n" + selected + " FROM unnest(" + arrays + ") WITH ORDINALITY AS k(" + names
                + ", n) JOIN " + quote(lookup.table().schema()) + "."
                + quote(lookup.table().table()) + " t ON " + equal;
        return new Statement(
                sql, Header.of(read), columns.stream().map(types::get).toList());
    }

    private Map<String, String> types(TableName table) {
        var types = new HashMap<String, String>();
        handle.createQuery(TYPES)
                .bind("schema", table.schema())
                .bind("table", table.table())
                .map((row, context) -> Map.entry(row.getString("name"), row.getString("type")))
                .forEach(type -> types.put(type.getKey(), type.getValue()));
        return types;
    }

    private static String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
