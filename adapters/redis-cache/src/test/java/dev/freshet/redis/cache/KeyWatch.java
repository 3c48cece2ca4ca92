// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.List;
import java.util.function.Consumer;

/** Tells every key that is touched on some servers, by Redis' keyspace notifications. */
final class KeyWatch implements AutoCloseable {
    private static final String CHANNEL = "__keyspace@0__:";

    private final RedisClient client = RedisClient.create();
    private final List<StatefulRedisPubSubConnection<String, String>> connections;

    KeyWatch(List<String> uris, Consumer<String> touched) {
        connections = uris.stream()
                .map(uri -> client.connectPubSub(RedisURI.create(uri)))
                .toList();
        for (var connection : connections) {
            connection.addListener(new RedisPubSubAdapter<>() {
                @Override
                public void message(String pattern, String channel, String event) {
                    touched.accept(channel.substring(CHANNEL.length()));
                }
            });
            connection.sync().psubscribe(CHANNEL + "*");
        }
    }

    /** Returns when everything that was done so far has been told: a server answers only after that. */
    void awaitAllBefore() {
        connections.forEach(connection -> connection.sync().ping());
    }

    @Override
    public void close() {
        client.shutdown();
        client.getResources().shutdown().awaitUninterruptibly();
    }
}
