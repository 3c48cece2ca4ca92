// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.postgres;

import dev.freshet.core.gate.SnapshotSource;
import dev.freshet.core.pipeline.Lookups;
import dev.freshet.core.source.Shortcoming;
import dev.freshet.core.source.SourceException;
import dev.freshet.invalidator.run.source.Inspection;
import dev.freshet.invalidator.run.source.Readers;
import dev.freshet.postgres.connection.PostgresConnections;
import dev.freshet.postgres.setup.CaptureScope;
import dev.freshet.postgres.setup.SourceInspection;
import dev.freshet.postgres.tables.DatabaseView;
import dev.freshet.postgres.tables.JdbcLookups;
import dev.freshet.postgres.visibility.JdbcSnapshotSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Three connections: for snapshots, for look-ups and for inspections, so that none waits for another. */
final class PostgresReaders implements Readers {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private SnapshotSource snapshots;
    private Lookups lookups;
    private Inspection inspection;

    private PostgresReaders() {}

    /** Either opens all of them or, if it fails, none. */
    static PostgresReaders open(
            PostgresConnections connections,
            DatabaseView view,
            CaptureScope scope,
            String publication,
            Duration stallTimeout)
            throws SQLException {
        var readers = new PostgresReaders();
        boolean complete = false;
        try {
            var snapshots = readers.add(new JdbcSnapshotSource(
                    readers.add(connections.open("visibility", stallTimeout)), scope, publication));
            Connection forLookups = readers.add(connections.open("lookups"));
            var inspection = readers.add(new JdbcInspection(connections.open("inspection", stallTimeout), view, scope));
            readers.snapshots = snapshots;
            readers.lookups = new JdbcLookups(view, forLookups);
            readers.inspection = inspection;
            complete = true;
            return readers;
        } finally {
            if (!complete) {
                readers.close();
            }
        }
    }

    private <T extends AutoCloseable> T add(T resource) {
        open.push(resource);
        return resource;
    }

    /** Uses a connection for nothing else. */
    private record JdbcInspection(Connection connection, DatabaseView view, CaptureScope scope) implements Inspection {
        @Override
        public List<Shortcoming> look() {
            return Asked.of(() -> {
                var found = new ArrayList<>(view.shortcomings(connection));
                found.addAll(SourceInspection.inspect(connection, scope));
                return found;
            });
        }

        @Override
        public void close() {
            Asked.run(() -> {
                // A plain close would wait for the answer.
                connection.abort(Runnable::run);
                connection.close();
            });
        }
    }

    @Override
    public SnapshotSource snapshots() {
        return snapshots;
    }

    @Override
    public Lookups lookups() {
        return lookups;
    }

    @Override
    public Inspection inspection() {
        return inspection;
    }

    @Override
    public void close() {
        SourceException failed = null;
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                if (failed == null) {
                    failed = new SourceException(e);
                } else {
                    failed.addSuppressed(e);
                }
            }
        }
        if (failed != null) {
            throw failed;
        }
    }
}
