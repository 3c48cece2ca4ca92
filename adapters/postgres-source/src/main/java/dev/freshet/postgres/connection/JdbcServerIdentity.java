// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.connection;

import dev.freshet.core.source.ServerIdentity;
import dev.freshet.protocol.Lsn;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Reads the identity of a server. */
public final class JdbcServerIdentity {
    /**
     * The timeline on which WAL is written now. {@code pg_control_checkpoint()} has the timeline of the last
     * checkpoint, which is still the old one for a while after a promotion.
     */
    private static final String SQL = """
            SELECT system_identifier::text, end_lsn - '0/0'::pg_lsn,
                   ('x' || left(pg_walfile_name(end_lsn), 8))::bit(32)::int
            FROM pg_control_system(), pg_current_wal_insert_lsn() end_lsn
            """;

    private JdbcServerIdentity() {}

    /** The system identifier alone, which a standby can answer, too. */
    public static String systemIdentifier(Connection connection) throws SQLException {
        return text(connection, "SELECT system_identifier::text FROM pg_control_system()");
    }

    /** The name of the database that the connection is for. */
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

    /** Reads the identity. Any role may do so; the server must be a primary. */
    public static ServerIdentity read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SQL)) {
            row.next();
            return new ServerIdentity(row.getString(1), row.getInt(3), new Lsn(row.getLong(2)));
        }
    }
}
