// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.audit.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.audit.entry.CachedEntries;
import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.RedisCluster;
import dev.freshet.devservices.RedisOptions;
import dev.freshet.devservices.RedisServer;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Lsn;
import dev.freshet.redis.RedisAddress;
import dev.freshet.redis.cache.EvictorSettings;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RedisEntriesTest {
    private static final Isolate ANN = Isolate.of("ann");
    private static final String KEY = "look:{ann}:task:1:own";
    /** As docs/operations.md has it, for Redis 7.0. */
    private static final String AUDITOR = "user auditor on >secret resetkeys %R~look:* -@all +ping +hello"
            + " +client|setname +scan +getrange +sismember +hmget +pttl +zmscore";

    private static final String ENTRY = "{\"tags\":[\"task:1\"],\"value\":\"ü\"}";

    @Test
    void aUserWhoMayReadALittleIsEnough() throws InterruptedException {
        try (var server = RedisServer.start(RedisOptions.defaults().directive(AUDITOR));
                var raw = new RawRedis(server.uri())) {
            raw.redis.set(KEY, ENTRY);
            raw.redis.sadd("look:{ann}:~tag:task:1", KEY);
            raw.redis.zadd("look:{ann}:~fences", 1_700_000_000_000_001d, "task:1");
            raw.redis.set("look:{ann}:~warming:task:1:own", "");
            raw.redis.set("other:{ann}:task:1:own", ENTRY);
            raw.redis.hset("look:~position", "system", "7");
            raw.redis.hset("look:~position", "database", "app");
            raw.redis.hset("look:~position", "lsn", "1A/2B3C4");
            var settings = new EvictorSettings(
                    RedisAddress.parse(server.uri()).as("auditor", "secret"), new CacheKeys("look"));
            try (var entries = new RedisEntries(settings)) {
                assertThat(scan(entries)).containsExactly(KEY);
                assertThat(entries.heads(List.of(KEY, "look:{ann}:task:2:own"), 8))
                        .containsExactly(ENTRY.substring(0, 8), "");
                assertThat(entries.isListed(KEY, ANN, List.of("task:1"))).isTrue();
                assertThat(entries.isListed(KEY, ANN, List.of("task:1", "task:2")))
                        .isFalse();
                assertThat(entries.position(KEY))
                        .contains(new CachedEntries.Published("7", "app", new Lsn(0x1A_0002_B3C4L)));
                var traces = entries.traces(KEY, ANN, List.of("task:1", "task:2"));
                assertThat(traces.ttlMillis()).isNegative();
                assertThat(traces.fences()).containsExactly(Map.entry("task:1", 1_700_000_000_000_001L));
            }
            raw.redis.hset("look:~position", "lsn", "no position");
            try (var entries = new RedisEntries(new EvictorSettings(server.uri(), new CacheKeys("look")))) {
                assertThatThrownBy(() -> entries.position(KEY))
                        .isInstanceOf(CachedEntries.UnavailableException.class)
                        .hasMessageContaining("no position");
            }
        }
    }

    @Test
    void allMastersOfAClusterAreLookedAt() throws InterruptedException {
        try (var cluster = RedisCluster.start();
                var entries = new RedisEntries(new EvictorSettings(cluster.uri(), new CacheKeys("look")))) {
            var keys = new HashSet<String>();
            for (int i = 0; i < 12; i++) {
                var key = "look:{u" + i + "}:task:1:own";
                keys.add(key);
                try (var raw = new RawRedis(cluster.masterOf(key).uri())) {
                    raw.redis.set(key, ENTRY);
                }
            }
            assertThat(scan(entries)).isEqualTo(keys);
            assertThat(entries.heads(List.copyOf(keys), 100)).containsOnly(ENTRY);
            // The position of another master proves nothing of this one.
            var served = cluster.masterOf("look:{u1}:task:1:own");
            for (int n = 0; n < 50; n++) {
                var key = "look:~position:{" + n + "}";
                if (cluster.masterOf(key).equals(served)) {
                    try (var raw = new RawRedis(served.uri())) {
                        raw.redis.hset(key, "system", "7");
                        raw.redis.hset(key, "database", "app");
                        raw.redis.hset(key, "lsn", "0/1");
                    }
                    break;
                }
            }
            assertThat(entries.position("look:{u1}:task:1:own"))
                    .contains(new CachedEntries.Published("7", "app", new Lsn(1)));
        }
    }

    private static Set<String> scan(RedisEntries entries) throws InterruptedException {
        var found = new HashSet<String>();
        entries.scan(keys -> {
            found.addAll(keys);
            return true;
        });
        return found;
    }
}
