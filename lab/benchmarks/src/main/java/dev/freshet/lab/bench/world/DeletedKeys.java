// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.world;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;

/** Redis' keyspace notifications of rows' keys that are deleted, or expire. Closing ends them. */
public final class DeletedKeys implements AutoCloseable {
    private static final String SETTING = "notify-keyspace-events";
    private static final String[] CHANNELS = {"__keyevent@0__:del", "__keyevent@0__:expired"};

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

    DeletedKeys(RedisClient client, RedisCommands<String, String> redis, KeyNames names, Listener listener) {
        this.redis = redis;
        redis.configSet(SETTING, "Egx");
        connection = client.connectPubSub();
        connection.addListener(new RedisPubSubAdapter<>() {
            @Override
            public void message(String channel, String key) {
                long now = System.nanoTime();
                int id = names.id(key);
                if (id > 0) {
                    listener.deleted(id, now);
                }
            }
        });
        connection.sync().subscribe(CHANNELS);
    }

    @Override
    public void close() {
        connection.close();
        redis.configSet(SETTING, "");
    }
}
