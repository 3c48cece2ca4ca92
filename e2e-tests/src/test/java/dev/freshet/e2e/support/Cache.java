// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.support;

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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Looks into Redis from outside. Safe for many threads. */
public final class Cache implements AutoCloseable {
    private static final String POSITION = "ctx:~position";

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

    /** Every entry under the keys that match a glob. */
    public List<Entry> entries(String glob) {
        var entries = new ArrayList<Entry>();
        for (var chunk : chunks(keys(glob).stream()
                .filter(key -> !key.contains("}:~") && !key.equals(POSITION))
                .toList())) {
            redis().mget(chunk.toArray(String[]::new)).stream()
                    .filter(found -> found.hasValue())
                    .forEach(found -> Entry.of(found.getKey(), found.getValue()).ifPresent(entries::add));
        }
        return entries;
    }

    /** Which of the keys exist. */
    public Set<String> existing(Collection<String> keys) {
        var existing = new LinkedHashSet<String>();
        for (var chunk : chunks(List.copyOf(keys))) {
            redis().mget(chunk.toArray(String[]::new)).stream()
                    .filter(found -> found.hasValue())
                    .forEach(found -> existing.add(found.getKey()));
        }
        return existing;
    }

    /** How far the invalidator says that it is. */
    public Lsn position() {
        var lsn = redis().hget(POSITION, "lsn");
        return lsn == null ? Lsn.NONE : Lsn.parse(lsn);
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
