// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.test.loader;

import dev.freshet.core.stream.Header;
import dev.freshet.core.stream.Row;
import dev.freshet.model.mapping.EntityMapping;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The rows and columns of one mapped table, and changes of them. Used by one thread at a time. */
final class TableRows {
    private static final String COLUMNS = """
            select a.attname, format_type(a.atttypid, a.atttypmod), t.typcategory, not a.attnotnull,
                k.relation, k.attname, a.attgenerated <> '' or a.attidentity = 'a'
            from pg_attribute a join pg_type t on t.oid = a.atttypid
            left join lateral (
                select f.confrelid::regclass::text as relation, o.attname from pg_constraint f
                join pg_attribute o on o.attrelid = f.confrelid and o.attnum = f.confkey[1]
                where f.contype = 'f' and f.conrelid = a.attrelid and f.conkey = array[a.attnum] limit 1) k on true
            where a.attrelid = ?::regclass and a.attnum > 0 and not a.attisdropped order by a.attnum""";

    private static final String WRITTEN = """
            select coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) from pg_stat_xact_user_tables""";

    private final Connection connection;
    private final EntityMapping entity;
    private final String table;
    private final List<Column> all = new ArrayList<>();
    private final List<Column> changeable = new ArrayList<>();
    private final Header header;

    TableRows(Connection connection, EntityMapping entity) throws SQLException {
        this.connection = connection;
        this.entity = entity;
        this.table = Names.quoted(entity.table());
        readColumns();
        header = Header.of(all.stream().map(Column::name).toList());
    }

    private void readColumns() throws SQLException {
        try (var query = connection.prepareStatement(COLUMNS)) {
            query.setString(1, table);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    String referred = rows.getString(5);
                    var column = new Column(
                            rows.getString(1),
                            rows.getString(2),
                            rows.getString(3).charAt(0),
                            rows.getBoolean(4),
                            referred == null ? null : new Column.Reference(referred, rows.getString(6)));
                    all.add(column);
                    if (!rows.getBoolean(7) && !entity.id().contains(column.name())) {
                        changeable.add(column);
                    }
                }
            }
        }
    }

    /** Columns that are neither generated nor part of the id. */
    List<Column> changeable() {
        return changeable;
    }

    String table() {
        return table;
    }

    /** At most so many rows, in the order of their ids. */
    List<Row> rows(int most) throws SQLException {
        return select("true", List.of(), most);
    }

    /** A row as it is now; null if it is not there. */
    Row row(Row old) throws SQLException {
        var rows = select(where(), ids(List.of(old)), 1);
        return rows.isEmpty() ? null : rows.get(0);
    }

    private List<Row> select(String where, List<String[]> ids, int most) throws SQLException {
        var columns = all.stream().map(Column::name).toList();
        var sql = "select " + Names.texts(columns) + " from " + table + " t where " + where + " order by "
                + Names.texts(entity.id()) + " limit " + most;
        try (var query = connection.prepareStatement(sql)) {
            bind(query, ids);
            try (var found = query.executeQuery()) {
                var rows = new ArrayList<Row>();
                while (found.next()) {
                    var values = new String[columns.size()];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = found.getString(i + 1);
                    }
                    rows.add(Row.of(header, values));
                }
                return rows;
            }
        }
    }

    /**
     * Changes a column of some rows.
     *
     * @param change the new value as SQL
     * @return whether all these rows, and no others anywhere, have another value now
     */
    boolean change(Column column, String change, List<Row> rows) throws SQLException {
        return write(
                "update " + table + " t set " + column.quoted() + " = " + change + " where " + where() + " and t."
                        + column.quoted() + "::text is distinct from (" + change + ")::text",
                rows);
    }

    /** Deletes some rows. Returns whether these rows, and no others anywhere, were changed. */
    boolean delete(List<Row> rows) throws SQLException {
        return write("delete from " + table + " t where " + where(), rows);
    }

    private boolean write(String sql, List<Row> rows) throws SQLException {
        long before = written();
        try (var statement = connection.prepareStatement(sql)) {
            bind(statement, ids(rows));
            int changed = statement.executeUpdate();
            return changed == rows.size() && written() - before == changed;
        }
    }

    /** Rows that the transaction has written so far, in all tables. */
    private long written() throws SQLException {
        try (var statement = connection.createStatement();
                var sum = statement.executeQuery(WRITTEN)) {
            sum.next();
            return sum.getLong(1);
        }
    }

    private String where() {
        return "(" + Names.texts(entity.id()) + ") in (select * from unnest("
                + entity.id().stream().map(column -> "?::text[]").collect(Collectors.joining(", ")) + "))";
    }

    private List<String[]> ids(List<Row> rows) {
        return entity.id().stream()
                .map(column -> rows.stream().map(row -> row.get(column)).toArray(String[]::new))
                .toList();
    }

    private void bind(java.sql.PreparedStatement statement, List<String[]> ids) throws SQLException {
        for (int i = 0; i < ids.size(); i++) {
            statement.setArray(i + 1, connection.createArrayOf("text", ids.get(i)));
        }
    }
}
