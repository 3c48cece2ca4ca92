// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.evict;

import dev.freshet.model.key.CacheKeys;
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

    /** Without the address, which may hold a password. */
    @Override
    public String toString() {
        return "EvictorSettings[" + keys.namespace() + "]";
    }
}
