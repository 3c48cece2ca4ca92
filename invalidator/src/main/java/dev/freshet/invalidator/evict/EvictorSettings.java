// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.evict;

import dev.freshet.model.key.CacheKeys;
import dev.freshet.redis.LinkSettings;
import dev.freshet.redis.RedisAddress;
import dev.freshet.redis.RedisLink;
import io.lettuce.core.codec.ByteArrayCodec;
import java.util.Objects;

/**
 * Where to evict.
 *
 * @param redisUri {@code redis://[user:password@]host[:port][/database]}, {@code rediss://} for TLS
 * @param user of the ACL, where the URI does not say; null for the default user
 * @param password where the URI does not say; null for none
 */
public record EvictorSettings(String redisUri, String user, String password, CacheKeys keys) {
    public EvictorSettings {
        Objects.requireNonNull(redisUri, "redisUri");
        Objects.requireNonNull(keys, "keys");
    }

    public EvictorSettings(String redisUri, CacheKeys keys) {
        this(redisUri, null, null, keys);
    }

    /** A link that is not open yet. Its requests wait for a window of commands. */
    RedisLink<byte[], byte[]> link(Limits limits) {
        return new RedisLink<>(
                new LinkSettings(
                        address(),
                        "freshet-invalidator",
                        limits.commandTimeout(),
                        limits.commandTimeout(),
                        // A Cluster gets a command for each key.
                        4 * limits.window() * limits.keysPerCall()),
                ByteArrayCodec.INSTANCE,
                () -> {});
    }

    RedisAddress address() {
        var address = RedisAddress.parse(redisUri);
        return password == null ? address : address.as(user, password);
    }

    /** Without the address, which may hold a password. */
    @Override
    public String toString() {
        return "EvictorSettings[" + keys.namespace() + "]";
    }
}
