// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.setup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Tells whether the publication has changed for the mapping's tables. The identity does not depend on what is
 * published, but on the versions of the catalog rows that define it. So it differs even after a change that was undone.
 * It also differs after a partition of one of the tables was truncated, attached or detached, because none of that is
 * published.
 */
public final class PublicationIdentity {
    /** The first major version that publishes whole schemas, and so has a catalog for them. */
    private static final int SCHEMAS = 15;
    /**
     * The catalog rows of the publication, of each table in it, of the partitioned tables that the table is a partition
     * of, and of their schemas. A row that was recreated has a new oid, and a row that was changed has a new xmin. The
     * xmax shows a change that has been made but is not visible yet: its commit may come in the WAL before that of a
     * transaction that is visible. A change that was rolled back leaves its xmax behind, and so counts, too.
     *
     * <p>The oid of the table shows that it was dropped and recreated, if all tables are published. The hash is not
     * md5, because a server in FIPS mode refuses that.
     */
    private static final String SQL = """
            SELECT coalesce(left(encode(sha256(convert_to(string_agg(
                       (p.oid, p.xmin, p.xmax, o.oid, r.oid, r.xmin, r.xmax, %s)::text %s, ' '
                       ORDER BY o.oid, r.oid), 'UTF8')), 'hex'), 32), 'none'),
                   coalesce(left(encode(sha256(convert_to(string_agg(
                       %s, ' ' ORDER BY c.oid) FILTER (WHERE o.oid = c.oid), 'UTF8')), 'hex'), 32), 'none')
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
     * The rows of a partitioned table's partitions in pg_class and pg_inherits, at any depth. TRUNCATE of a partition
     * gives it a new file and so a new row version; VACUUM and ANALYZE do not. pg_partition_tree is not used, because
     * it waits for a running TRUNCATE.
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

    /** The current identity; {@code none} if the publication does not exist. */
    public static String read(Connection connection, CaptureScope names) throws SQLException {
        try (PreparedStatement query = query(connection, names);
                ResultSet row = query.executeQuery()) {
            row.next();
            return row.getString(1);
        }
    }

    /**
     * Prepares a query for one row: the identity, and {@link TableVersions#files}, which costs nothing beside it.
     *
     * @return a statement that can be executed any number of times
     */
    public static PreparedStatement query(Connection connection, CaptureScope names) throws SQLException {
        boolean schemas = connection.getMetaData().getDatabaseMajorVersion() >= SCHEMAS;
        // Without partitioned tables this part is left out. A table that becomes partitioned later has a new oid.
        boolean partitioned =
                TableInspection.existing(connection, names.tables()).containsValue(true);
        PreparedStatement query = connection.prepareStatement(SQL.formatted(
                schemas ? "s.oid, s.xmin, s.xmax" : "0",
                partitioned ? PARTITIONS : "",
                TableVersions.FILE,
                schemas
                        ? "LEFT JOIN pg_publication_namespace s ON s.pnpubid = p.oid"
                                + " AND s.pnnspid = (SELECT a.relnamespace FROM pg_class a WHERE a.oid = o.oid)"
                        : ""));
        TableInspection.bind(query, names.tables());
        query.setString(3, names.publication());
        return query;
    }
}
