// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.server;

import static dev.freshet.devservices.junit.Patience.PATIENCE;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;

/** Records what happens to Redis keys, using keyspace notifications. Thread-safe. */
public final class KeyEvents implements AutoCloseable {
    private static final String CHANNEL = "__keyspace@0__:";

    /** One event, such as {@code del} of a key. */
    public record Event(String key, String what) {}

    private final Cache cache;
    private final RedisClient client;
    private final StatefulRedisPubSubConnection<String, String> connection;
    private final Queue<Event> events = new ConcurrentLinkedQueue<>();

    public KeyEvents(Cache cache, String uri) {
        this.cache = cache;
        cache.redis().configSet("notify-keyspace-events", "KA");
        client = RedisClient.create(RedisURI.create(uri));
        connection = client.connectPubSub();
        connection.addListener(new RedisPubSubAdapter<>() {
            @Override
            public void message(String pattern, String channel, String message) {
                events.add(new Event(channel.substring(CHANNEL.length()), message));
            }
        });
        connection.sync().psubscribe(CHANNEL + "*");
    }

    /** All events so far for keys with this prefix. */
    public List<Event> of(String prefix) {
        settle();
        return events.stream().filter(event -> event.key().startsWith(prefix)).toList();
    }

    /** Redis reports events in order, so once a marker of our own arrives, so has everything before it. */
    private void settle() {
        var mark = new Event("e2e:mark:" + System.nanoTime(), "set");
        cache.redis().set(mark.key(), "");
        Awaitility.await("the event of " + mark).atMost(PATIENCE).until(() -> events.contains(mark));
        cache.redis().del(mark.key());
    }

    @Override
    public void close() {
        cache.redis().configSet("notify-keyspace-events", "");
        connection.close();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(5));
    }
}
