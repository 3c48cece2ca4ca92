// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.evict;

import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Tells every key that is touched, by Redis' keyspace notifications. */
final class KeyWatch implements AutoCloseable {
    private static final String MARK = "keywatch-mark";
    private static final String CHANNEL = "__keyspace@0__:";

    private final RedisClient client;
    private final Set<String> marks = ConcurrentHashMap.newKeySet();

    KeyWatch(String uri, Consumer<String> touched) {
        client = RedisClient.create(RedisURI.create(uri));
        var connection = client.connectPubSub();
        connection.addListener(new RedisPubSubAdapter<>() {
            @Override
            public void message(String pattern, String channel, String event) {
                String key = channel.substring(CHANNEL.length());
                if (key.startsWith(MARK)) {
                    marks.add(key);
                } else {
                    touched.accept(key);
                }
            }
        });
        connection.sync().psubscribe(CHANNEL + "*");
    }

    /** Returns when everything that was done so far has been told. */
    void awaitAllBefore(RawRedis raw) {
        String mark = MARK + System.nanoTime();
        raw.redis.set(mark, "");
        raw.redis.del(mark);
        await().atMost(Duration.ofSeconds(30)).until(() -> marks.contains(mark));
    }

    @Override
    public void close() {
        client.shutdown();
        client.getResources().shutdown().awaitUninterruptibly();
    }
}
