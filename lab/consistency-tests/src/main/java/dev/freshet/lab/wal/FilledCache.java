// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.wal;

import dev.freshet.lab.plan.oracle.Target;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.protocol.Isolate;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Fills Redis with every key, as a reader would that uses no tags, and with one tagged entry per tag. */
final class FilledCache implements AutoCloseable {
    private final CacheKeys keys;
    private final RedisClient client;
    private final StatefulRedisConnection<String, String> connection;

    FilledCache(String uri, String namespace) {
        this.keys = new CacheKeys(namespace);
        this.client = RedisClient.create(uri);
        this.connection = client.connect();
    }

    void fill(Collection<String> targets) {
        var sent = new ArrayList<RedisFuture<?>>();
        var commands = connection.async();
        for (String target : targets) {
            sent.add(commands.set(key(target), "cached"));
            if (!Target.isKey(target)) {
                sent.add(commands.sadd(keys.tagSet(Target.isolate(target), Target.tag(target)), key(target)));
            }
        }
        await(sent);
    }

    /** Those targets whose entries no longer exist. */
    Set<String> gone(Collection<String> targets) {
        List<String> asked = List.copyOf(targets);
        List<RedisFuture<Long>> sent = asked.stream()
                .map(target -> connection.async().exists(key(target)))
                .toList();
        await(sent);
        Set<String> gone = new HashSet<>();
        for (int i = 0; i < asked.size(); i++) {
            if (sent.get(i).toCompletableFuture().join() == 0) {
                gone.add(asked.get(i));
            }
        }
        return gone;
    }

    /** The published position, or null. */
    String position() {
        return connection.sync().hget(keys.position(), "lsn");
    }

    private String key(String target) {
        if (Target.isKey(target)) {
            return Target.text(target);
        }
        Isolate isolate = Target.isolate(target);
        return keys.entry(isolate, "bench", List.of(Target.tag(target).name()), "own");
    }

    private static void await(List<? extends RedisFuture<?>> sent) {
        for (RedisFuture<?> each : sent) {
            try {
                each.get(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for Redis", e);
            } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
                throw new IllegalStateException("Redis did not accept a command", e);
            }
        }
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }
}
