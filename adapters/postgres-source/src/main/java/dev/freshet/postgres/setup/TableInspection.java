// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.setup;

import dev.freshet.core.source.Shortcoming;
import dev.freshet.core.source.Topic;
import dev.freshet.model.finding.DatabaseCode;
import dev.freshet.model.finding.Place;
import dev.freshet.model.finding.Place.Kind;
import dev.freshet.model.mapping.TableName;
import dev.freshet.postgres.connection.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Checks whether the role sees all rows that it must look up. */
final class TableInspection {
    /**
     * Row-level security hides rows silently, and the key of a hidden row is not evicted. It is harmless if a
     * permissive policy shows all rows and no restrictive policy applies.
     */
    private static final String SQL = """
            SELECT has_schema_privilege(me.oid, n.oid, 'USAGE') AS usage,
                   has_schema_privilege(me.oid, n.oid, 'USAGE')
                     AND has_table_privilege(me.oid, c.oid, 'SELECT') AS readable,
                   c.relrowsecurity AND NOT me.rolsuper AND NOT me.rolbypassrls
                     AND (c.relforcerowsecurity OR NOT pg_has_role(me.oid, c.relowner, 'USAGE'))
                     AND (NOT bool_or(coalesce(p.permissive = 'PERMISSIVE' AND p.qual = 'true', false))
                          OR bool_or(coalesce(p.permissive = 'RESTRICTIVE', false))) AS hidden
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_roles me ON me.rolname = ?
            LEFT JOIN pg_policies p ON p.schemaname = n.nspname AND p.tablename = c.relname
                 AND p.cmd IN ('ALL', 'SELECT')
                 AND (p.roles = '{public}' OR EXISTS (
                     SELECT FROM pg_roles r WHERE r.rolname = ANY (p.roles) AND pg_has_role(me.oid, r.oid, 'USAGE')))
            WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p')
            GROUP BY c.oid, n.oid, me.oid, me.rolsuper, me.rolbypassrls, c.relrowsecurity, c.relforcerowsecurity, c.relowner
            """;

    private static final String TYPES = """
            SELECT a.attname AS column, tn.nspname AS schema
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_roles me ON me.rolname = ?
            JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
            JOIN pg_type t ON t.oid = a.atttypid
            JOIN pg_namespace tn ON tn.oid = t.typnamespace
            WHERE n.nspname = ? AND c.relname = ? AND a.attname = ANY (?::text[])
              AND tn.oid <> n.oid AND NOT has_schema_privilege(me.oid, tn.oid, 'USAGE')
            ORDER BY a.attname
            """;

    private static final String EXISTING = """
            SELECT n.nspname, c.relname, c.relkind = 'p'
            FROM unnest(?::text[], ?::text[]) AS t(schema, name)
            JOIN pg_namespace n ON n.nspname = t.schema
            JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = t.name
            WHERE c.relkind IN ('r', 'p') AND c.relpersistence = 'p' AND NOT c.relispartition
              AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
            """;

    private static final String INHERITING = """
            SELECT n.nspname, c.relname, array_agg(kn.nspname || '.' || k.relname ORDER BY kn.nspname, k.relname)
            FROM unnest(?::text[], ?::text[]) AS t(schema, name)
            JOIN pg_namespace n ON n.nspname = t.schema
            JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = t.name
            JOIN pg_inherits i ON i.inhparent = c.oid
            JOIN pg_class k ON k.oid = i.inhrelid
            JOIN pg_namespace kn ON kn.oid = k.relnamespace
            WHERE c.relkind = 'r' AND k.relpersistence <> 't'
            GROUP BY 1, 2 ORDER BY 1, 2
            """;

    private static final String ALIKE = """
            SELECT n.nspname, c.relname, array_agg(a.attname::text ORDER BY a.attname COLLATE "C")
            FROM unnest(?::text[], ?::text[]) AS t(schema, name)
            JOIN pg_namespace n ON n.nspname = t.schema
            JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = t.name
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            GROUP BY 1, 2, lower(a.attname) HAVING count(*) > 1 ORDER BY 1, 2
            """;

    private TableInspection() {}

    static List<Shortcoming> inspect(Connection connection, CaptureScope names, String role, Platform platform)
            throws SQLException {
        List<Shortcoming> found = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(SQL)) {
            for (TableName table : names.readable().keySet()) {
                query.setString(1, role);
                query.setString(2, table.schema());
                query.setString(3, table.table());
                try (ResultSet row = query.executeQuery()) {
                    if (row.next()) {
                        judge(table, Sql.identifier(role), platform, row, found);
                    }
                }
            }
        }
        types(connection, names, role, found);
        return found;
    }

    /**
     * A look-up names the types of the columns it looks up by. A role that may read the table may still lack the right
     * to name a type.
     */
    private static void types(Connection connection, CaptureScope names, String role, List<Shortcoming> found)
            throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(TYPES)) {
            for (var table : names.readable().entrySet()) {
                query.setString(1, role);
                query.setString(2, table.getKey().schema());
                query.setString(3, table.getKey().table());
                query.setArray(
                        4, connection.createArrayOf("text", table.getValue().toArray()));
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        found.add(new Shortcoming(
                                DatabaseCode.TYPE_NOT_USABLE,
                                place(table.getKey()),
                                "role " + Sql.identifier(role) + " may not name the type of column '"
                                        + rows.getString("column") + "' of " + table.getKey()
                                        + ", by which rows are looked up",
                                List.of("GRANT USAGE ON SCHEMA " + Sql.identifier(rows.getString("schema")) + " TO "
                                        + Sql.identifier(role) + ";"),
                                false,
                                Topic.RIGHTS));
                    }
                }
            }
        }
    }

    private static void judge(TableName table, String role, Platform platform, ResultSet row, List<Shortcoming> found)
            throws SQLException {
        if (!row.getBoolean("readable")) {
            List<String> remedy = new ArrayList<>();
            if (!row.getBoolean("usage")) {
                remedy.add("GRANT USAGE ON SCHEMA " + Sql.identifier(table.schema()) + " TO " + role + ";");
            }
            remedy.add("GRANT SELECT ON " + Sql.table(table) + " TO " + role + ";");
            found.add(new Shortcoming(
                    DatabaseCode.NOT_READABLE,
                    place(table),
                    "role " + role + " may not read " + table,
                    remedy,
                    false,
                    Topic.RIGHTS));
        } else if (row.getBoolean("hidden")) {
            found.add(Shortcoming.administrators(
                    Topic.RIGHTS,
                    DatabaseCode.ROWS_HIDDEN,
                    place(table),
                    "row-level security hides rows of " + table + " from role " + role,
                    platform.letSeeAllRows(role, Sql.table(table))));
        }
    }

    /**
     * Tables that other tables inherit from without partitioning. A SELECT finds the rows of the inheriting tables in
     * them, but the WAL records changes of those rows only under the inheriting tables' names.
     */
    static List<Shortcoming> inheritedFrom(Connection connection, List<TableName> tables) throws SQLException {
        List<Shortcoming> found = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(INHERITING)) {
            bind(query, tables);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    var table = new TableName(rows.getString(1), rows.getString(2));
                    Object[] children = (Object[]) rows.getArray(3).getArray();
                    found.add(
                            Shortcoming.administrators(
                                    Topic.OTHER,
                                    DatabaseCode.INHERITED_FROM,
                                    place(table),
                                    "other tables inherit from " + table + ": "
                                            + Arrays.toString(children)
                                            + ", and changes of their rows would be missed; expected none, or a partitioned table"));
                }
            }
        }
        return found;
    }

    /** Tables with column names that differ only by case. Debezium cannot open a stream of such a table. */
    static List<Shortcoming> namesAlike(Connection connection, List<TableName> tables) throws SQLException {
        List<Shortcoming> found = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(ALIKE)) {
            bind(query, tables);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    var table = new TableName(rows.getString(1), rows.getString(2));
                    String[] names = (String[]) rows.getArray(3).getArray();
                    found.add(Shortcoming.administrators(
                            Topic.OTHER,
                            DatabaseCode.NAMES_ALIKE,
                            place(table),
                            "columns of " + table + " differ only by case, and no change of it can be read: "
                                    + Arrays.toString(names) + "; rename all but one",
                            "ALTER TABLE " + Sql.table(table) + " RENAME COLUMN " + Sql.identifier(names[0]) + " TO "
                                    + Sql.identifier(names[0].toLowerCase(Locale.ROOT) + "_2") + ";"));
                }
            }
        }
        return found;
    }

    /** The tables that exist and can be published under their names, and whether each is partitioned. */
    static Map<TableName, Boolean> existing(Connection connection, List<TableName> tables) throws SQLException {
        Map<TableName, Boolean> found = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(EXISTING)) {
            bind(query, tables);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.put(new TableName(rows.getString(1), rows.getString(2)), rows.getBoolean(3));
                }
            }
        }
        return found;
    }

    private static Place place(TableName table) {
        return Place.of(Kind.TABLE, table.toString());
    }

    /** Binds schemas and names to the first two parameters: {@code unnest(?::text[], ?::text[])}. */
    static void bind(PreparedStatement query, List<TableName> tables) throws SQLException {
        Connection connection = query.getConnection();
        query.setArray(
                1,
                connection.createArrayOf(
                        "text", tables.stream().map(TableName::schema).toArray()));
        query.setArray(
                2,
                connection.createArrayOf(
                        "text", tables.stream().map(TableName::table).toArray()));
    }
}
