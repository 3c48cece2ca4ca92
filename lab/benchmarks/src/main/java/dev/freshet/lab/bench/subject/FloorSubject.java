// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.subject;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;

/**
 * The least that evicts by the WAL: the driver's replication stream, a decoder of one column, and one UNLINK a
 * transaction (of at most {@value #MOST_KEYS} keys) that nobody waits for. A transaction is acknowledged after its
 * UNLINKs were answered.
 */
final class FloorSubject implements PgOutputDecoder.Listener {
    private static final int MOST_KEYS = 1_000;

    private final PGReplicationStream stream;
    private final Unlinker unlinker;
    private List<String> keys = new ArrayList<>();

    private FloorSubject(PGReplicationStream stream, Unlinker unlinker) {
        this.stream = stream;
        this.unlinker = unlinker;
    }

    /** Returns only by a failure. */
    static void run(SubjectSettings settings) throws SQLException {
        try (var unlinker = new Unlinker(settings.redisUri());
                Connection connection = connect(settings);
                PGReplicationStream stream = open(connection, settings)) {
            var decoder = new PgOutputDecoder("id", new FloorSubject(stream, unlinker));
            while (true) {
                decoder.read(stream.read());
            }
        }
    }

    @Override
    public void changed(String id) {
        keys.add(ItemKey.of(id));
        if (keys.size() == MOST_KEYS) {
            unlinker.unlink(keys);
            keys = new ArrayList<>();
        }
    }

    @Override
    public void committed(long endLsn) {
        var lsn = LogSequenceNumber.valueOf(endLsn);
        if (keys.isEmpty()) {
            return; // The next transaction acknowledges this one, too.
        }
        unlinker.unlink(keys).thenRun(() -> stream.setFlushedLSN(lsn));
        keys = new ArrayList<>();
    }

    private static Connection connect(SubjectSettings settings) throws SQLException {
        var properties = new Properties();
        PGProperty.USER.set(properties, settings.user());
        PGProperty.PASSWORD.set(properties, settings.password());
        PGProperty.REPLICATION.set(properties, "database");
        PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "14");
        return DriverManager.getConnection(settings.jdbcUrl(), properties);
    }

    private static PGReplicationStream open(Connection connection, SubjectSettings settings) throws SQLException {
        return connection
                .unwrap(PGConnection.class)
                .getReplicationAPI()
                .replicationStream()
                .logical()
                .withSlotName(settings.slot())
                .withSlotOption("proto_version", "1")
                .withSlotOption("publication_names", settings.publication())
                .start();
    }
}
