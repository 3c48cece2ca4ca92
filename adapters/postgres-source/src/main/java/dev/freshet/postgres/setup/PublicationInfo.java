// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.setup;

import dev.freshet.model.mapping.TableName;
import dev.freshet.postgres.connection.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A publication, as the catalog describes it.
 *
 * @param everyOperation whether it publishes inserts, updates, deletes and truncates
 * @param viaRoot whether rows of partitions are published under the partitioned table's name
 * @param withoutGenerated whether it leaves out stored generated columns; always false before PostgreSQL 18, which does
 *     not record it
 * @param tables the tables that it publishes
 * @param ours whether Freshet created it, or somebody who ran Freshet's statements; known by its comment
 * @param filtered the published tables with a row filter
 */
record PublicationInfo(
        boolean everyOperation,
        boolean viaRoot,
        boolean withoutGenerated,
        boolean ours,
        Set<TableName> tables,
        Set<TableName> filtered) {
    private static final String OPTIONS = """
            SELECT pubinsert AND pubupdate AND pubdelete AND pubtruncate AS every, pubviaroot,
                   coalesce(to_jsonb(p) ->> 'pubgencols' = 'n', false) AS ungenerated,
                   coalesce(obj_description(p.oid, 'pg_publication') = ?, false) AS ours
            FROM pg_publication p WHERE pubname = ?
            """;
    /**
     * Row filters came with PostgreSQL 15. The column is read by name from JSON, so that the query works on 14, too.
     */
    private static final String TABLES = """
            SELECT schemaname, tablename, to_jsonb(t) ->> 'rowfilter' IS NOT NULL AS filtered
            FROM pg_publication_tables t WHERE pubname = ?
            """;

    static Optional<PublicationInfo> read(Connection connection, String name) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(OPTIONS)) {
            query.setString(1, Sql.MARK);
            query.setString(2, name);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(withTables(connection, name, row)) : Optional.empty();
            }
        }
    }

    private static PublicationInfo withTables(Connection connection, String name, ResultSet options)
            throws SQLException {
        Set<TableName> tables = new HashSet<>();
        Set<TableName> filtered = new HashSet<>();
        try (PreparedStatement query = connection.prepareStatement(TABLES)) {
            query.setString(1, name);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    var table = new TableName(rows.getString("schemaname"), rows.getString("tablename"));
                    tables.add(table);
                    if (rows.getBoolean("filtered")) {
                        filtered.add(table);
                    }
                }
            }
        }
        return new PublicationInfo(
                options.getBoolean("every"),
                options.getBoolean("pubviaroot"),
                options.getBoolean("ungenerated"),
                options.getBoolean("ours"),
                Set.copyOf(tables),
                Set.copyOf(filtered));
    }
}
