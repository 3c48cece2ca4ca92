// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.audit.jdbc;

import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Builds the queries for row versions. Ids are passed as text arrays and cast, so that the join can use indexes. */
final class VersionQueries {
    private static final String TYPES = """
            SELECT a.attname, format_type(a.atttypid, -1)
            FROM pg_catalog.pg_attribute a
            JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relname = ? AND a.attnum > 0 AND NOT a.attisdropped""";

    private final Connection connection;
    private final Mapping mapping;
    private final int mostChildren;
    private final Map<String, String> spelled = new HashMap<>();

    VersionQueries(Connection connection, Mapping mapping, int mostChildren) {
        this.connection = connection;
        this.mapping = mapping;
        this.mostChildren = mostChildren;
    }

    /**
     * Returns the number of the id, xmin, relfrozenxid, xmin of the table, and owner. The parameters are the columns of
     * the id.
     */
    PreparedStatement rows(EntityMapping entity) throws SQLException {
        String name = "rows " + entity.name();
        if (!spelled.containsKey(name)) {
            spelled.put(name, spellRows(entity));
        }
        return connection.prepareStatement(spelled.get(name));
    }

    /**
     * Returns the number of the parent, xmin, relfrozenxid, xmin of the table, owner, whether there are too many
     * children, and the child's own id. The parameters are the columns of the parent's id, the oldest transaction that
     * matters for each parent, and the next transaction id.
     */
    PreparedStatement children(EntityMapping child) throws SQLException {
        String name = "children " + child.name();
        if (!spelled.containsKey(name)) {
            spelled.put(name, spellChildren(child));
        }
        return connection.prepareStatement(spelled.get(name));
    }

    private String spellRows(EntityMapping entity) throws SQLException {
        return "SELECT k.n, t.xmin::text::bigint, c.relfrozenxid::text::bigint, c.xmin::text::bigint, " + owner(entity)
                + " FROM unnest(" + arrays(entity, entity.id()) + ") WITH ORDINALITY AS k(" + names(entity.id())
                + ", n) JOIN " + table(entity) + " t ON " + equal(entity.id())
                + " JOIN pg_catalog.pg_class c ON c.oid = t.tableoid";
    }

    /** Applies the limit before it counts, so as not to read the whole list. Only then filters out old rows. */
    private String spellChildren(EntityMapping child) throws SQLException {
        List<String> columns = child.parentId(mapping.parentOf(child).orElseThrow());
        String own = IntStream.range(0, child.id().size())
                .mapToObj(i -> ", t." + quote(child.id().get(i)) + "::text AS id" + i)
                .collect(Collectors.joining());
        String told = IntStream.range(0, child.id().size())
                .mapToObj(i -> ", l.id" + i)
                .collect(Collectors.joining());
        return "SELECT k.n, l.x, c.relfrozenxid::text::bigint, c.xmin::text::bigint, l.owner, l.r > " + mostChildren
                + told
                + " FROM unnest(" + arrays(child, columns) + ", CAST(? AS bigint[])) WITH ORDINALITY AS k("
                + names(columns) + ", since, n)"
                + " CROSS JOIN (SELECT CAST(? AS bigint) AS next) z"
                + " CROSS JOIN LATERAL (SELECT s.*, row_number() OVER () AS r FROM ("
                + "SELECT t.xmin::text::bigint AS x, t.tableoid AS relation, " + owner(child) + " AS owner" + own
                + " FROM " + table(child) + " t WHERE " + equal(columns) + " LIMIT " + (mostChildren + 1) + ") s) l"
                + " JOIN pg_catalog.pg_class c ON c.oid = l.relation"
                + " WHERE l.r > " + mostChildren
                + " OR l.x >= 3 AND z.next - ((z.next - l.x) & 4294967295) >= k.since";
    }

    private static String owner(EntityMapping entity) {
        return entity.isolate().map(column -> "t." + quote(column) + "::text").orElse("CAST(NULL AS text)");
    }

    private String arrays(EntityMapping entity, List<String> columns) throws SQLException {
        Map<String, String> types = types(entity.table());
        return columns.stream()
                .map(column -> "CAST(? AS " + types.get(column) + "[])")
                .collect(Collectors.joining(", "));
    }

    private static String names(List<String> columns) {
        return IntStream.range(0, columns.size()).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
    }

    private static String equal(List<String> columns) {
        return IntStream.range(0, columns.size())
                .mapToObj(i -> "t." + quote(columns.get(i)) + " = k.c" + i)
                .collect(Collectors.joining(" AND "));
    }

    private Map<String, String> types(TableName table) throws SQLException {
        var types = new HashMap<String, String>();
        try (PreparedStatement query = connection.prepareStatement(TYPES)) {
            query.setString(1, table.schema());
            query.setString(2, table.table());
            try (ResultSet found = query.executeQuery()) {
                while (found.next()) {
                    types.put(found.getString(1), found.getString(2));
                }
            }
        }
        return types;
    }

    private static String table(EntityMapping entity) {
        return quote(entity.table().schema()) + "." + quote(entity.table().table());
    }

    private static String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
