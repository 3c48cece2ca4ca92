// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.setup;

import dev.freshet.model.mapping.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds tables with generated columns. From PostgreSQL 18 on, an UPDATE or DELETE of a published table fails in the
 * program that runs it, if the replica identity contains a generated column that the publication leaves out. Virtual
 * columns are always left out.
 */
final class GeneratedColumns {
    private static final String SQL = """
            SELECT coalesce(bool_or(a.attgenerated = 's'), false) AS stored,
                   coalesce(bool_or(a.attgenerated = 'v' AND c.relreplident = 'f'), false) AS hindering
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            WHERE n.nspname = ? AND c.relname = ?
            """;

    private GeneratedColumns() {}

    /** The tables that have a stored generated column. */
    static List<TableName> stored(Connection connection, List<TableName> tables) throws SQLException {
        return having("stored", connection, tables);
    }

    /** The tables that have a virtual generated column and REPLICA IDENTITY FULL. */
    static List<TableName> virtualInFullIdentity(Connection connection, List<TableName> tables) throws SQLException {
        return having("hindering", connection, tables);
    }

    private static List<TableName> having(String what, Connection connection, List<TableName> tables)
            throws SQLException {
        var found = new ArrayList<TableName>();
        try (PreparedStatement query = connection.prepareStatement(SQL)) {
            for (TableName table : tables) {
                query.setString(1, table.schema());
                query.setString(2, table.table());
                try (ResultSet row = query.executeQuery()) {
                    if (row.next() && row.getBoolean(what)) {
                        found.add(table);
                    }
                }
            }
        }
        return found;
    }
}
