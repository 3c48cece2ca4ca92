// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache;

import dev.freshet.protocol.CacheKeys;
import dev.freshet.redis.LinkSettings;
import dev.freshet.redis.RedisAddress;
import dev.freshet.redis.RedisLink;
import dev.freshet.redis.cache.pipeline.Limits;
import io.lettuce.core.codec.ByteArrayCodec;
import java.util.Objects;
import java.util.function.Supplier;

/** Where the evictor works: the Redis server and the names of its keys. */
public record EvictorSettings(RedisAddress address, CacheKeys keys) {
    public EvictorSettings {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(keys, "keys");
    }

    /**
     * @param redisUri see {@link RedisAddress#parse}
     * @param password overrides the URI's; null to use the URI's
     * @throws IllegalArgumentException if it is not a Redis URI; the message contains no secret
     */
    public EvictorSettings(String redisUri, CharSequence password, CacheKeys keys) {
        this(RedisAddress.of(redisUri, password), keys);
    }

    /** With the user and password of the URI. */
    public EvictorSettings(String redisUri, CacheKeys keys) {
        this(redisUri, null, keys);
    }

    /** The same settings with a password that is asked for at each login. */
    public EvictorSettings rotating(Supplier<? extends CharSequence> password) {
        return new EvictorSettings(address.rotating(password), keys);
    }

    /** Creates a link that is not open yet. The number of its requests in flight is bounded. */
    RedisLink<byte[], byte[]> link(Limits limits) {
        return new RedisLink<>(
                new LinkSettings(
                        address,
                        "freshet-invalidator",
                        limits.commandTimeout(),
                        limits.commandTimeout(),
                        // In Redis Cluster each key takes a command of its own.
                        4 * limits.window() * limits.keysPerCall()),
                ByteArrayCodec.INSTANCE,
                () -> {});
    }
}
