// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.visibility;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Asks over one connection to the primary, in autocommit: a transaction would keep showing its first snapshot. */
public final class JdbcSnapshotSource implements SnapshotSource, AutoCloseable {
    private final Connection connection;
    private final PreparedStatement query;

    /** @param connection becomes this object's own */
    public JdbcSnapshotSource(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(true);
        query = connection.prepareStatement("SELECT pg_current_snapshot()::text");
        query.setQueryTimeout(10);
    }

    @Override
    public Snapshot current() throws SQLException {
        try (ResultSet row = query.executeQuery()) {
            row.next();
            return Snapshot.parse(row.getString(1));
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
