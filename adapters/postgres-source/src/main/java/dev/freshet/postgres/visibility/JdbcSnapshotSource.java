// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.visibility;

import dev.freshet.core.gate.Snapshot;
import dev.freshet.core.gate.SnapshotSource;
import dev.freshet.core.pipeline.Gap;
import dev.freshet.core.pipeline.PositionLostException;
import dev.freshet.core.source.CatalogState;
import dev.freshet.core.source.SourceException;
import dev.freshet.postgres.setup.CaptureScope;
import dev.freshet.postgres.setup.PublicationIdentity;
import dev.freshet.postgres.setup.TableVersions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Reads snapshots over one connection to the primary, in autocommit, because a transaction could keep showing its first
 * snapshot. Confirms that the publication has not changed and that no statement has rewritten the values of a table. So
 * everything that the gate let through before was written to the WAL under the same publication: a change of the
 * publication that comes before it in the WAL was made before the query, and the query would have seen it. That takes the
 * server ten times as long as a snapshot does. The columns are looked at only after the file of a table was replaced.
 */
public final class JdbcSnapshotSource implements SnapshotSource, AutoCloseable {
    /** Kept by the server: the driver would wake a thread of its own for each query, and each batch waits for one. */
    private static final String TIME_LIMIT = "SET statement_timeout = '10s'";

    private final Connection connection;
    private final CaptureScope names;
    private final CatalogState start;
    private final PreparedStatement snapshot;
    private final PreparedStatement identity;
    /** Whether values were rewritten between the moment that the state is from, and the first look at the tables. */
    private final boolean rewrittenBefore;

    private TableVersions tables;

    /**
     * @param connection owned by this object from now on, which closes it
     * @param start what must not change, as {@link CatalogState} writes it
     */
    public JdbcSnapshotSource(Connection connection, CaptureScope names, String start) throws SQLException {
        this.connection = connection;
        this.names = names;
        this.start = CatalogState.parse(start);
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            statement.execute(TIME_LIMIT);
        }
        snapshot = connection.prepareStatement("SELECT pg_current_snapshot()::text");
        identity = PublicationIdentity.query(connection, names);
        tables = TableVersions.read(connection, names.tables());
        rewrittenBefore = tables.state(this.start.publication()).rewrittenSince(this.start);
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

    /** @throws PositionLostException if the publication has changed, or values of a table were rewritten */
    @Override
    public void confirmComplete() {
        try (ResultSet row = identity.executeQuery()) {
            row.next();
            if (!row.getString(1).equals(start.publication())) {
                throw new PositionLostException(
                        Gap.Kind.PUBLICATION_CHANGED,
                        "publication " + names.publication()
                                + " was changed while the stream ran, a table of the mapping was recreated, or a partition"
                                + " of one was created, truncated, attached or detached: changes may be missing");
            }
            confirmValues(row.getString(2));
        } catch (SQLException e) {
            throw new SourceException(e);
        }
    }

    private void confirmValues(String files) throws SQLException {
        if (rewrittenBefore) {
            throw rewritten("a table");
        }
        if (files.equals(tables.files())) {
            return;
        }
        TableVersions now = TableVersions.read(connection, names.tables());
        Optional<String> table = now.rewrittenSince(tables);
        if (table.isPresent()) {
            throw rewritten(table.get());
        }
        tables = now;
    }

    private static PositionLostException rewritten(String table) {
        return new PositionLostException(
                Gap.Kind.TABLE_REWRITTEN,
                "the values of " + table + " were rewritten by a statement such as ALTER COLUMN …"
                        + " TYPE … USING while the stream ran. No change tells of that, so what is cached of them may be stale");
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
