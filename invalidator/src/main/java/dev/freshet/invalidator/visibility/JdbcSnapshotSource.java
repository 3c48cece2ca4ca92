// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.visibility;

import dev.freshet.invalidator.source.CaptureScope;
import dev.freshet.invalidator.source.PublicationChangedException;
import dev.freshet.invalidator.source.PublicationIdentity;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Asks over one connection to the primary, in autocommit: a transaction would keep showing its first snapshot. A snapshot
 * is answered only if the publication is still the same by then. So whatever the gate lets through was written to the
 * WAL while it was: a change of the publication that comes before it in the WAL was made before the question.
 */
public final class JdbcSnapshotSource implements SnapshotSource, AutoCloseable {
    private final Connection connection;
    private final String name;
    private final String publication;
    private final PreparedStatement query;

    /**
     * @param connection becomes this object's own
     * @param publication its {@link PublicationIdentity}, as it must stay
     */
    public JdbcSnapshotSource(Connection connection, CaptureScope names, String publication) throws SQLException {
        this.connection = connection;
        this.name = names.publication();
        this.publication = publication;
        connection.setAutoCommit(true);
        query = PublicationIdentity.query(connection, names, "pg_current_snapshot()::text");
        query.setQueryTimeout(10);
    }

    /** @throws PublicationChangedException if it is another publication by now */
    @Override
    public Snapshot current() throws SQLException {
        try (ResultSet row = query.executeQuery()) {
            row.next();
            if (!row.getString(2).equals(publication)) {
                throw new PublicationChangedException(name);
            }
            return Snapshot.parse(row.getString(1));
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
