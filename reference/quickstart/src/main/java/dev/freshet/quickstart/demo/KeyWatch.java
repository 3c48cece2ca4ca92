// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart.demo;

import dev.freshet.protocol.CacheKeys;
import dev.freshet.protocol.Isolate;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Watches what happens to the cached entries. The source is Redis itself (keyspace notifications), not the processes
 * that change the entries. Thread-safe.
 */
public final class KeyWatch implements AutoCloseable {
    /** The namespace of the mapping of the contexts. */
    public static final CacheKeys KEYS = new CacheKeys("ctx");

    private static final String CHANNEL = "__keyspace@0__:";

    private final RedisClient client;
    private final StatefulRedisConnection<String, String> connection;
    private final StatefulRedisPubSubConnection<String, String> events;
    private final AtomicLong removed = new AtomicLong();
    private final ConcurrentLinkedQueue<String> touched = new ConcurrentLinkedQueue<>();
    private volatile String guarded = "";
    private volatile String ignored = "";

    KeyWatch(String uri) {
        client = RedisClient.create(uri);
        connection = client.connect();
        events = client.connectPubSub();
        events.addListener(new RedisPubSubAdapter<>() {
            @Override
            public void message(String pattern, String channel, String event) {
                seen(channel.substring(CHANNEL.length()), event);
            }
        });
        events.sync().psubscribe(CHANNEL + KEYS.namespace() + ":*");
    }

    private void seen(String key, String event) {
        // Redis expires entries itself, after the reader's time to live.
        if (!guarded.isEmpty() && key.startsWith(guarded) && !event.equals("expired")) {
            touched.add(event + " " + key);
        }
        if (isEntry(key) && event.equals("del") && (ignored.isEmpty() || !key.startsWith(ignored))) {
            removed.incrementAndGet();
        }
    }

    /** Entries have no {@code ~} after the isolate, unlike Freshet's own bookkeeping. */
    private static boolean isEntry(String key) {
        return !key.contains(":~");
    }

    /** The number of entries removed so far. */
    public long removed() {
        return removed.get();
    }

    /** Starts recording everything that happens to keys of this owner. */
    public void guard(String user) {
        guarded = KEYS.prefix(Isolate.of(user));
    }

    /** From now on what happens to keys of this owner is not counted. */
    public void ignore(String user) {
        ignored = KEYS.prefix(Isolate.of(user));
    }

    /** Whether there is such a key. */
    boolean has(String key) {
        return connection.sync().exists(key) > 0;
    }

    /** What happened to the guarded keys, as {@code event key}. */
    public List<String> touched() {
        return List.copyOf(touched);
    }

    /** The owner's cached entries. */
    public TreeSet<String> entries(String user) {
        var scan = ScanIterator.scan(
                connection.sync(),
                ScanArgs.Builder.matches(KEYS.prefix(Isolate.of(user)) + "*").limit(1000));
        var keys = new TreeSet<String>();
        scan.stream().filter(KeyWatch::isEntry).forEach(keys::add);
        return keys;
    }

    /** The owner's cached entries with their values. */
    public Map<String, String> contents(String user) {
        var contents = new TreeMap<String, String>();
        for (var key : entries(user)) {
            var value = connection.sync().get(key);
            if (value != null) {
                contents.put(key, value);
            }
        }
        return contents;
    }

    /** Returns when all notifications that Redis had sent before have been processed. */
    public void settle() {
        // Redis answers on this connection only after the messages before it.
        events.sync().ping();
    }

    @Override
    public void close() {
        events.close();
        connection.close();
        client.shutdown();
    }
}
