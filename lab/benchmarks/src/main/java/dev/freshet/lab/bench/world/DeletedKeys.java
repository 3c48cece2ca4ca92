// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.world;

import dev.freshet.lab.bench.subject.ItemKey;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;

/** Redis' keyspace notifications of rows' keys that are deleted. Closing ends them. */
public final class DeletedKeys implements AutoCloseable {
    private static final String SETTING = "notify-keyspace-events";
    private static final String CHANNEL = "__keyevent@0__:del";

    private final RedisCommands<String, String> redis;
    private final StatefulRedisPubSubConnection<String, String> connection;

    /** Is called by one thread. */
    public interface Listener {
        /**
         * @param id of the row whose key was deleted
         * @param nanos by {@link System#nanoTime()}, when the notification arrived
         */
        void deleted(int id, long nanos);
    }

    DeletedKeys(RedisClient client, RedisCommands<String, String> redis, Listener listener) {
        this.redis = redis;
        redis.configSet(SETTING, "Eg");
        connection = client.connectPubSub();
        connection.addListener(new RedisPubSubAdapter<>() {
            @Override
            public void message(String channel, String key) {
                long now = System.nanoTime();
                if (key.startsWith(ItemKey.PREFIX)) {
                    listener.deleted(Integer.parseInt(key.substring(ItemKey.PREFIX.length())), now);
                }
            }
        });
        connection.sync().subscribe(CHANNEL);
    }

    @Override
    public void close() {
        connection.close();
        redis.configSet(SETTING, "");
    }
}
