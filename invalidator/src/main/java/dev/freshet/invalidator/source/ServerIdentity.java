// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.source;

import dev.freshet.protocol.Lsn;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Tells one history of a PostgreSQL cluster from another.
 *
 * @param systemIdentifier made with the cluster, and kept by its standbys and backups
 * @param timeline another after each promotion, and after each restore to a point in time
 * @param walEnd where its WAL ended when it was asked
 */
public record ServerIdentity(String systemIdentifier, int timeline, Lsn walEnd) {
    /**
     * The timeline as WAL is written on it now: {@code pg_control_checkpoint()} has that of the last checkpoint, which
     * is still the old one for a while after a promotion.
     */
    private static final String SQL = """
            SELECT system_identifier::text, end_lsn - '0/0'::pg_lsn,
                   ('x' || left(pg_walfile_name(end_lsn), 8))::bit(32)::int
            FROM pg_control_system(), pg_current_wal_insert_lsn() end_lsn
            """;

    /** The system identifier alone, which a standby tells, too. */
    public static String systemIdentifier(Connection connection) throws SQLException {
        return text(connection, "SELECT system_identifier::text FROM pg_control_system()");
    }

    /** The name of the database that the connection leads to. */
    public static String database(Connection connection) throws SQLException {
        return text(connection, "SELECT current_database()");
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    /** Every role may ask; the server must be a primary. */
    public static ServerIdentity read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SQL)) {
            row.next();
            return new ServerIdentity(row.getString(1), row.getInt(3), new Lsn(row.getLong(2)));
        }
    }
}
