// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.baseline;

import dev.freshet.devservices.TestDatabase;
import dev.freshet.lab.race.history.Protocol;
import dev.freshet.lab.race.history.RunClock;
import dev.freshet.lab.race.history.Write;
import dev.freshet.lab.race.world.View;
import dev.freshet.lab.race.writer.WriteListener;
import io.lettuce.core.RedisException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.replication.PGReplicationStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes keys as soon as the change stream reports a commit, like caches that follow a change stream and wait for
 * nothing else. Transactions of plain SQL carry a message with their version. Transactions of the writer-service
 * cannot, so for these the writer deletes.
 */
public final class StreamInvalidation implements WriteListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StreamInvalidation.class);
    private static final String SLOT = "bench_stream";
    private static final String PUBLICATION = "bench_nothing";
    private static final int IDLE_MILLIS = 2;
    private static final int RECONNECT_MILLIS = 200;

    private record Stale(Write write, List<View> views) {}

    private final PlainCache cache;
    private final String prefix;
    private final TestDatabase database;
    private final Map<Long, Stale> expected = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile boolean closed;

    /** @param database with the superuser */
    public StreamInvalidation(PlainCache cache, String prefix, TestDatabase database) throws SQLException {
        this.cache = cache;
        this.prefix = prefix;
        this.database = database;
        database.execute(
                "create publication " + PUBLICATION,
                "select pg_create_logical_replication_slot('" + SLOT + "', 'pgoutput')");
        this.thread = new Thread(this::follow, "stream-deletes");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void beginning(Write write, List<View> stale) {
        if (write.isAnnounced()) {
            expected.put(write.version(), new Stale(write, stale));
        }
    }

    @Override
    public void rolledBack(Write write) {
        expected.remove(write.version());
    }

    @Override
    public void committed(Write write, List<View> stale) {
        if (!write.isAnnounced()) {
            delete(write, stale);
        }
    }

    /** Reconnects after PostgreSQL was away. */
    private void follow() {
        try {
            while (!closed) {
                try (var connection = connect();
                        var stream = open(connection)) {
                    follow(stream);
                } catch (SQLException e) {
                    LOG.info("the stream of the lease-only baseline was interrupted: {}", e.toString());
                    Thread.sleep(RECONNECT_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow(PGReplicationStream stream) throws SQLException, InterruptedException {
        while (!closed) {
            var message = stream.readPending();
            if (message == null) {
                Thread.sleep(IDLE_MILLIS);
            } else {
                handle(message);
                stream.setAppliedLSN(stream.getLastReceiveLSN());
                stream.setFlushedLSN(stream.getLastReceiveLSN());
            }
        }
    }

    private Connection connect() throws SQLException {
        var properties = new Properties();
        PGProperty.USER.set(properties, database.user());
        PGProperty.PASSWORD.set(properties, database.password());
        PGProperty.REPLICATION.set(properties, "database");
        PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "14");
        return DriverManager.getConnection(database.jdbcUrl(), properties);
    }

    private static PGReplicationStream open(Connection connection) throws SQLException {
        return connection
                .unwrap(PGConnection.class)
                .getReplicationAPI()
                .replicationStream()
                .logical()
                .withSlotName(SLOT)
                .withSlotOption("proto_version", "1")
                .withSlotOption("publication_names", PUBLICATION)
                .withSlotOption("messages", "true")
                .start();
    }

    /** A message of pgoutput: 'M', flags, position, prefix, length, content. */
    private void handle(ByteBuffer message) {
        if (message.get() != 'M') {
            return;
        }
        message.get();
        message.getLong();
        var start = message.position();
        while (message.get() != 0) {
            // Skips the prefix, which ends with a zero byte.
        }
        var name = text(message, start, message.position() - 1 - start);
        int length = message.getInt();
        if (name.equals(Write.ANNOUNCEMENT)) {
            var stale = expected.remove(Long.valueOf(text(message, message.position(), length)));
            if (stale != null) {
                delete(stale.write(), stale.views());
            }
        }
    }

    private static String text(ByteBuffer buffer, int start, int length) {
        var bytes = new byte[length];
        buffer.get(start, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private void delete(Write write, List<View> stale) {
        try {
            cache.delete(stale.stream().map(view -> prefix + view.key()).toList());
            write.invalidated(Protocol.LEASE_ONLY, RunClock.now());
        } catch (RedisException e) {
            LOG.debug("{} left stale values: {}", write, e.toString());
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
