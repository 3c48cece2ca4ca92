// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.visibility;

import dev.freshet.core.gate.Snapshot;
import dev.freshet.core.gate.SnapshotSource;
import dev.freshet.core.pipeline.PositionLostException;
import dev.freshet.core.source.SourceException;
import dev.freshet.postgres.setup.CaptureScope;
import dev.freshet.postgres.setup.PublicationIdentity;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Reads snapshots over one connection to the primary, in autocommit, because a transaction could keep showing its first
 * snapshot. Confirms that the publication has not changed. So everything that the gate let through before was written to
 * the WAL under the same publication: a change of the publication that comes before it in the WAL was made before the
 * query, and the query would have seen it. That takes the server ten times as long as a snapshot does.
 */
public final class JdbcSnapshotSource implements SnapshotSource, AutoCloseable {
    /** Kept by the server: the driver would wake a thread of its own for each query, and each batch waits for one. */
    private static final String TIME_LIMIT = "SET statement_timeout = '10s'";

    private final Connection connection;
    private final String name;
    private final String publication;
    private final PreparedStatement snapshot;
    private final PreparedStatement identity;

    /**
     * @param connection owned by this object from now on, which closes it
     * @param publication the {@link PublicationIdentity} that must not change
     */
    public JdbcSnapshotSource(Connection connection, CaptureScope names, String publication) throws SQLException {
        this.connection = connection;
        this.name = names.publication();
        this.publication = publication;
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            statement.execute(TIME_LIMIT);
        }
        snapshot = connection.prepareStatement("SELECT pg_current_snapshot()::text");
        identity = PublicationIdentity.query(connection, names);
    }

    @Override
    public Snapshot current() {
        try (ResultSet row = snapshot.executeQuery()) {
            row.next();
            return Snapshot.parse(row.getString(1));
        } catch (SQLException e) {
            throw new SourceException(e);
        }
    }

    /** @throws PositionLostException if the publication has changed */
    @Override
    public void confirmComplete() {
        try (ResultSet row = identity.executeQuery()) {
            row.next();
            if (!row.getString(1).equals(publication)) {
                throw new PositionLostException("publication " + name + " was changed while the stream ran, a table of"
                        + " the mapping was recreated, or a partition of one was created, truncated, attached or"
                        + " detached: changes may be missing");
            }
        } catch (SQLException e) {
            throw new SourceException(e);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
