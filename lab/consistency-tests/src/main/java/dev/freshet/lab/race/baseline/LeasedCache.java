// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.baseline;

import dev.freshet.lab.race.redis.RedisConnection;
import io.lettuce.core.ScriptOutputType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Leases as in memcached: a miss hands out a lease for the key, a delete revokes it, and a SET is accepted only with
 * the newest lease.
 */
public record LeasedCache(RedisConnection link, Duration ttl) implements PlainCache {
    private static final String GET = """
            local value = redis.call('GET', KEYS[1])
            if not value then redis.call('SET', KEYS[2], ARGV[1], 'PX', 10000) end
            return value
            """;
    private static final String SET = """
            if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 0 end
            redis.call('DEL', KEYS[2])
            redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
            return 1
            """;

    @Override
    public Looked get(String key) {
        var lease = UUID.randomUUID().toString();
        byte[] value = link.redis().eval(GET, ScriptOutputType.VALUE, new String[] {key, lease(key)}, bytes(lease));
        return new Looked(value, lease);
    }

    @Override
    public boolean set(String key, byte[] value, String lease) {
        Long stored = link.redis()
                .eval(
                        SET,
                        ScriptOutputType.INTEGER,
                        new String[] {key, lease(key)},
                        bytes(lease),
                        value,
                        bytes(Long.toString(ttl.toMillis())));
        return stored == 1;
    }

    @Override
    public void delete(List<String> keys) {
        var all = new ArrayList<>(keys);
        keys.forEach(key -> all.add(lease(key)));
        link.redis().del(all.toArray(String[]::new));
    }

    private static String lease(String key) {
        return key + ":lease";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
