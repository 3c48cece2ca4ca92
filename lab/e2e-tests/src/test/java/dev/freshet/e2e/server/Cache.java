// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.server;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.awaitility.Awaitility.await;

import dev.freshet.e2e.process.Watched;
import dev.freshet.protocol.Lsn;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.awaitility.core.ConditionTimeoutException;

/** Reads Redis from outside the product. Thread-safe. */
public final class Cache implements AutoCloseable {
    /** The namespace of the installation. */
    public static final String NAMESPACE = "ctx";

    private final RedisClient client;
    private final StatefulRedisConnection<String, String> connection;

    public Cache(String uri) {
        client = RedisClient.create(RedisURI.create(uri));
        client.setOptions(ClientOptions.builder()
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(Duration.ofSeconds(10))
                        .build())
                .timeoutOptions(TimeoutOptions.enabled(Duration.ofSeconds(30)))
                .build());
        connection = client.connect();
    }

    public RedisCommands<String, String> redis() {
        return connection.sync();
    }

    /** Every key that matches a glob. */
    public Set<String> keys(String glob) {
        var keys = new LinkedHashSet<String>();
        KeyScanCursor<String> cursor = null;
        do {
            var arguments = ScanArgs.Builder.limit(1000).match(glob);
            cursor = cursor == null ? redis().scan(arguments) : redis().scan(cursor, arguments);
            keys.addAll(cursor.getKeys());
        } while (!cursor.isFinished());
        return keys;
    }

    /** The values of those of the keys that exist and hold one. */
    public Map<String, String> values(Collection<String> keys) {
        var values = new LinkedHashMap<String, String>();
        for (var chunk : chunks(List.copyOf(keys))) {
            redis().mget(chunk.toArray(String[]::new)).stream()
                    .filter(found -> found.hasValue())
                    .forEach(found -> values.put(found.getKey(), found.getValue()));
        }
        return values;
    }

    /** Which of the keys exist. */
    public Set<String> existing(Collection<String> keys) {
        return values(keys).keySet();
    }

    /** The position that the installation's invalidator has published. */
    public Lsn position() {
        return position(NAMESPACE);
    }

    private Lsn position(String namespace) {
        var lsn = redis().hget(positionKey(namespace), "lsn");
        return lsn == null ? Lsn.ZERO : Lsn.parse(lsn);
    }

    private static String positionKey(String namespace) {
        return namespace + ":~position";
    }

    /** Waits until a namespace's invalidator has published the target position. A failure shows the logs. */
    public void awaitPosition(String namespace, Lsn target, Supplier<String> logs) {
        try {
            await("everything evicted up to " + target)
                    .atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(2))
                    .ignoreExceptions()
                    .until(() -> position(namespace), at -> !at.isBefore(target));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(e.getMessage() + "\n" + logs.get(), e);
        }
    }

    /** Waits until a namespace's invalidator has published any position. Then the purge of its start is done. */
    public void awaitAnyPosition(String namespace, Watched invalidator) {
        awaitHeld(namespace, 0, invalidator);
    }

    /** Waits until everything committed so far is evicted. */
    public void awaitHeld(String namespace, Watched invalidator) {
        var time = redis().time();
        awaitHeld(namespace, Long.parseLong(time.get(0)) * 1_000_000 + Long.parseLong(time.get(1)), invalidator);
    }

    private void awaitHeld(String namespace, long micros, Watched invalidator) {
        try {
            await("everything evicted that was committed by " + micros)
                    .atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> {
                        invalidator.requireAlive();
                        return heldAt(namespace) > micros;
                    });
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(e.getMessage() + "\n" + invalidator.log(), e);
        }
    }

    private long heldAt(String namespace) {
        var held = redis().hget(positionKey(namespace), "held-at");
        return held == null ? -1 : Long.parseLong(held);
    }

    private static List<List<String>> chunks(List<String> all) {
        var chunks = new ArrayList<List<String>>();
        for (int i = 0; i < all.size(); i += 1000) {
            chunks.add(all.subList(i, Math.min(all.size(), i + 1000)));
        }
        return chunks;
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(5));
    }
}
