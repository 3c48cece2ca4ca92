// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.postgresql.replication.LogSequenceNumber;

/**
 * Checks all the time, on connections without faults, that the slot is not ahead of the published position, and that no
 * key survives a position that has passed its change.
 */
final class Watch implements AutoCloseable {
    private final String namespace;
    private final Connection connection;
    private final RedisClient client;
    private final StatefulRedisConnection<String, String> redis;
    private final Map<Integer, Long> commits = new ConcurrentHashMap<>();
    private final Thread thread = new Thread(this::watch, "watch");
    private volatile boolean closed;
    private volatile String violation;

    Watch(TestDatabase database, RedisServer server, String namespace) {
        this.namespace = namespace;
        try {
            connection = database.connect();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        client = RedisClient.create(server.uri());
        redis = client.connect();
        thread.start();
    }

    RedisCommands<String, String> redis() {
        return redis.sync();
    }

    /**
     * Records that the row's change is in the WAL before this position. Its keys must be gone once that is published.
     */
    void committed(int row, String lsn) {
        commits.put(row, LogSequenceNumber.valueOf(lsn).asLong());
    }

    /** The published position, or 0. */
    long published() {
        String lsn = redis().hget(namespace + ":~position", "lsn");
        return lsn == null ? 0 : LogSequenceNumber.valueOf(lsn).asLong();
    }

    Optional<String> violation() {
        return Optional.ofNullable(violation);
    }

    private void watch() {
        try (var query = connection.prepareStatement(
                "SELECT confirmed_flush_lsn FROM pg_replication_slots WHERE slot_name = ?")) {
            query.setString(1, namespace);
            while (!closed && violation == null) {
                // In this order, as each value may advance before the next is read, which is harmless.
                String confirmed = null;
                try (var rows = query.executeQuery()) {
                    confirmed = rows.next() ? rows.getString(1) : null;
                }
                long published = published();
                if (confirmed != null
                        && published != 0
                        && LogSequenceNumber.valueOf(confirmed).asLong() > published) {
                    violation = "acknowledged " + confirmed + ", published "
                            + LogSequenceNumber.valueOf(published).asString();
                }
                String[] passed = keysOfRowsUpTo(published);
                if (passed.length > 0 && redis().exists(passed) > 0) {
                    violation = "published past the changes of these, and some are there: " + List.of(passed);
                }
                LockSupport.parkNanos(5_000_000);
            }
        } catch (SQLException e) {
            violation = e.toString();
        }
    }

    private String[] keysOfRowsUpTo(long published) {
        return commits.entrySet().stream()
                .filter(commit -> published >= commit.getValue())
                .flatMap(commit ->
                        Stream.of(namespace + ":item:" + commit.getKey(), namespace + ":of:o" + commit.getKey()))
                .toArray(String[]::new);
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
            connection.close();
        } catch (InterruptedException | SQLException e) {
            throw new AssertionError(e);
        }
        redis.close();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }
}
