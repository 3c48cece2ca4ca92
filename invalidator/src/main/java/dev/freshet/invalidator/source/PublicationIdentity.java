// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.source;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Tells whether the publication is still the one that it was, as far as the mapping's tables go: not what it publishes, but
 * which versions of which catalog rows say so. One that was changed and changed back is another. So is one of whose tables a
 * partition was truncated, attached or detached, as nothing of that is published.
 */
public final class PublicationIdentity {
    /** The server that publishes whole schemas, and so has a catalog of them. */
    private static final int SCHEMAS = 15;
    /**
     * The rows of the publication, of each table in it, of the partitioned tables that it is a partition of, and of their
     * schemas. A row that is made anew has another oid, one that was changed another xmin. The xmax tells of a change
     * already when it has been made and is not visible yet: its commit may stand in the WAL before that of a transaction
     * which is visible. A change that was rolled back leaves its xmax behind and so counts, too.
     *
     * <p>The oid of a table tells of one that was dropped and made anew where all tables are published. Not md5, which a
     * server in FIPS mode refuses.
     */
    private static final String SQL = """
            SELECT %s coalesce(left(encode(sha256(convert_to(string_agg(
                       (p.oid, p.xmin, p.xmax, o.oid, r.oid, r.xmin, r.xmax, %s)::text %s, ' '
                       ORDER BY o.oid, r.oid), 'UTF8')), 'hex'), 32), 'none')
            FROM unnest(?::text[], ?::text[]) AS t(schema, name)
            JOIN pg_namespace n ON n.nspname = t.schema
            JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = t.name
            CROSS JOIN LATERAL (
                SELECT c.oid UNION ALL
                SELECT relid::oid FROM pg_partition_ancestors(c.oid) WHERE c.relispartition AND relid <> c.oid) AS o(oid)
            CROSS JOIN pg_publication p
            LEFT JOIN pg_publication_rel r ON r.prpubid = p.oid AND r.prrelid = o.oid
            %s
            WHERE p.pubname = ?
            """;

    /**
     * The rows of a partitioned table's partitions in pg_class and pg_inherits, however deep: a TRUNCATE of one gives it another
     * file and so another row, which VACUUM and ANALYZE do not. Not by pg_partition_tree, which waits for who truncates.
     */
    private static final String PARTITIONS = """
            || coalesce(CASE WHEN c.relkind = 'p' THEN (
                WITH RECURSIVE part AS (
                    SELECT inhrelid, xmin, xmax FROM pg_inherits WHERE inhparent = c.oid UNION ALL
                    SELECT i.inhrelid, i.xmin, i.xmax FROM part JOIN pg_inherits i ON i.inhparent = part.inhrelid)
                SELECT string_agg((b.oid, b.xmin, b.xmax, part.xmin, part.xmax)::text, ' ' ORDER BY b.oid)
                FROM part JOIN pg_class b ON b.oid = part.inhrelid) END, '')
            """;

    private PublicationIdentity() {}

    /** As it is now; of a publication that does not exist {@code none}. */
    public static String read(Connection connection, CaptureScope names) throws SQLException {
        try (PreparedStatement query = query(connection, names);
                ResultSet row = query.executeQuery()) {
            row.next();
            return row.getString(1);
        }
    }

    /**
     * Asks for it, in a row of one column, or of more: with others it is of the same moment.
     *
     * @param before expressions without columns that come before it
     * @return ready to be executed, any number of times
     */
    public static PreparedStatement query(Connection connection, CaptureScope names, String... before)
            throws SQLException {
        boolean schemas = connection.getMetaData().getDatabaseMajorVersion() >= SCHEMAS;
        // Who has none need not pay for it: a table that comes to be a partitioned one has another oid.
        boolean partitioned =
                TableInspection.existing(connection, names.tables()).containsValue(true);
        PreparedStatement query = connection.prepareStatement(SQL.formatted(
                before.length == 0 ? "" : String.join(", ", before) + ",",
                schemas ? "s.oid, s.xmin, s.xmax" : "0",
                partitioned ? PARTITIONS : "",
                schemas
                        ? "LEFT JOIN pg_publication_namespace s ON s.pnpubid = p.oid"
                                + " AND s.pnnspid = (SELECT a.relnamespace FROM pg_class a WHERE a.oid = o.oid)"
                        : ""));
        TableInspection.bind(query, names.tables());
        query.setString(3, names.publication());
        return query;
    }
}
