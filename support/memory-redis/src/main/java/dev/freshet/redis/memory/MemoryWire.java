// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.memory;

import dev.freshet.redis.memory.command.Reply;
import dev.freshet.redis.wire.Wire;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.StatefulRedisConnectionImpl;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Leads to a {@link MemoryRedis}, and can be cut. Replies are there before a call returns. Thread-safe. */
public final class MemoryWire implements Wire {
    private final MemoryRedis redis;
    private final Set<StatefulRedisConnectionImpl<?, ?>> connections = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    public MemoryWire(MemoryRedis redis) {
        this.redis = redis;
    }

    @Override
    public <K, V> StatefulRedisConnection<K, V> connect(
            ClientResources resources, RedisCodec<K, V> codec, Duration commandTimeout) {
        var channel = new MemoryChannel(this, resources);
        var connection = new StatefulRedisConnectionImpl<>(channel, NoPushes.INSTANCE, codec, commandTimeout);
        connection.setOptions(ClientOptions.create());
        connections.add(connection);
        channel.onClose(() -> connections.remove(connection));
        if (!cut) {
            connection.activated();
        }
        return connection;
    }

    /** Commands fail from now on, as if the server was gone. */
    public void cut() {
        cut = true;
        connections.forEach(StatefulRedisConnectionImpl::deactivated);
    }

    /** Connections work again. */
    public void mend() {
        cut = false;
        connections.forEach(StatefulRedisConnectionImpl::activated);
    }

    Reply run(java.util.List<String> words) {
        if (cut) {
            throw new RedisConnectionException("the wire to the Redis in memory is cut");
        }
        return redis.run(words);
    }
}
