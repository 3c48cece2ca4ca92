// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.cache.view.CacheView;
import dev.freshet.cache.view.EntryKey;
import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.RedisCluster;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Tag;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several keys in one read, whose owners lie on different masters. */
@WithRedis
class BulkReadClusterTest {
    private static final CacheView<String> TASK = CacheView.json("task", "own");
    private static final List<EntryKey<String>> KEYS = IntStream.range(0, 40)
            .mapToObj(id -> TASK.key(id).ownedBy("u" + id / 2))
            .toList();

    private final String uri;
    private final RawRedis raw;

    BulkReadClusterTest(RedisCluster redis) {
        uri = redis.uri();
        raw = new RawRedis(uri);
    }

    @BeforeEach
    void empty() {
        raw.redis.flushall();
        Contracts.promise(raw);
    }

    @AfterEach
    void close() {
        raw.close();
    }

    private FreshetCacheBuilder builder() {
        return FreshetCache.builder().redis(uri).namespace("ctx").commandTimeout(Duration.ofSeconds(30));
    }

    @Test
    void areStoredAndAnsweredWhereverTheyLie() throws Exception {
        try (var cache = builder().build()) {
            assertThat(statuses(cache.getAll(KEYS, BulkReadClusterTest::load)))
                    .hasSize(40)
                    .containsOnly(CacheStatus.MISS);
            assertThat(statuses(cache.getAll(KEYS, BulkReadClusterTest::load)))
                    .hasSize(40)
                    .containsOnly(CacheStatus.HIT);
            assertThat(statuses(
                            cache.getAllAsync(KEYS, BulkReadClusterTest::load).get()))
                    .containsOnly(CacheStatus.HIT);
            cache.invalidate(Isolate.of("u7"), List.of(new Tag("task:1")));
            var found = cache.getAll(KEYS, BulkReadClusterTest::load);
            assertThat(found.get(KEYS.get(14)).status()).isEqualTo(CacheStatus.MISS);
            assertThat(found.get(KEYS.get(15)).status()).isEqualTo(CacheStatus.MISS);
            assertThat(statuses(found))
                    .filteredOn(status -> status == CacheStatus.HIT)
                    .hasSize(38);
        }
    }

    /** Each reply came on the connection on which that master tells of changes. */
    @Test
    void areKeptInMemoryUntilTheyChange() {
        try (var cache = builder()
                .nearCache(1 << 20)
                .nearMaxAge(Duration.ofMinutes(10))
                .nearInterval(Duration.ofMillis(10))
                .build()) {
            await().atMost(PATIENCE)
                    .until(() -> statuses(cache.getAll(KEYS, BulkReadClusterTest::load)).stream()
                            .allMatch(status -> status == CacheStatus.NEAR));
            raw.redis.del("ctx:{u7}:~tag:task:1");
            await().atMost(PATIENCE)
                    .until(() -> cache.getAll(KEYS, BulkReadClusterTest::load)
                                    .get(KEYS.get(14))
                                    .status()
                            == CacheStatus.MISS);
        }
    }

    private static Map<EntryKey<String>, Loaded<String>> load(List<EntryKey<String>> missing) {
        var loaded = new HashMap<EntryKey<String>, Loaded<String>>();
        missing.forEach(key -> loaded.put(key, Loaded.of("1", Tags.of("task:1"))));
        return loaded;
    }

    private static List<CacheStatus> statuses(Map<EntryKey<String>, CacheResult<String>> found) {
        return found.values().stream().map(CacheResult::status).toList();
    }
}
