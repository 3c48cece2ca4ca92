// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.baseline;

import dev.freshet.lab.race.redis.RedisConnection;
import io.lettuce.core.SetArgs;
import java.time.Duration;
import java.util.List;

/** GET, and SET with a time to live. The protocol decides whether anybody deletes entries. */
public record ExpiringCache(RedisConnection link, Duration ttl) implements PlainCache {
    @Override
    public Looked get(String key) {
        return new Looked(link.redis().get(key), "");
    }

    @Override
    public boolean set(String key, byte[] value, String lease) {
        link.redis().set(key, value, SetArgs.Builder.px(ttl));
        return true;
    }

    @Override
    public void delete(List<String> keys) {
        link.redis().del(keys.toArray(String[]::new));
    }
}
