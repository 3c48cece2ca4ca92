// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.evict;

import dev.freshet.protocol.CacheKeys;
import dev.freshet.redis.LinkSettings;
import dev.freshet.redis.RedisAddress;
import dev.freshet.redis.RedisLink;
import io.lettuce.core.codec.ByteArrayCodec;
import java.util.Objects;

/** Where to evict. */
public record EvictorSettings(RedisAddress address, CacheKeys keys) {
    public EvictorSettings {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(keys, "keys");
    }

    /**
     * @param redisUri see {@link RedisAddress#parse}
     * @param password stronger than the URI's; null: as in the URI
     * @throws IllegalArgumentException if the URI is not one of Redis; the message holds no secret
     */
    public EvictorSettings(String redisUri, CharSequence password, CacheKeys keys) {
        this(RedisAddress.of(redisUri, password), keys);
    }

    /** With user and password as the URI says. */
    public EvictorSettings(String redisUri, CacheKeys keys) {
        this(redisUri, null, keys);
    }

    /** A link that is not open yet. Its requests wait for a window of commands. */
    RedisLink<byte[], byte[]> link(Limits limits) {
        return new RedisLink<>(
                new LinkSettings(
                        address,
                        "freshet-invalidator",
                        limits.commandTimeout(),
                        limits.commandTimeout(),
                        // A Cluster gets a command for each key.
                        4 * limits.window() * limits.keysPerCall()),
                ByteArrayCodec.INSTANCE,
                () -> {});
    }
}
