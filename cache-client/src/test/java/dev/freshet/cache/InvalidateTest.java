// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.freshet.cache.view.CacheView;
import dev.freshet.cache.view.EntryKey;
import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Tag;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Values that no table tells of are evicted by programs. */
@WithRedis
class InvalidateTest {
    private static final CacheView<String> WEATHER = CacheView.json("city", "weather");
    private static final EntryKey<String> KEY = WEATHER.key("berlin").ownedBy("u1");
    private static final Isolate U1 = Isolate.of("u1");
    private static final Tag TAG = Tag.told("weather", List.of("berlin"));

    private final AtomicInteger loads = new AtomicInteger();
    private final RawRedis raw;
    private final String uri;
    private final FreshetCache cache;

    InvalidateTest(RedisServer server) {
        uri = server.uri();
        raw = new RawRedis(uri);
        cache = builder().build();
    }

    private FreshetCacheBuilder builder() {
        return FreshetCache.builder().redis(uri).namespace("ctx").commandTimeout(Duration.ofSeconds(30));
    }

    @BeforeEach
    void empty() {
        raw.redis.flushall();
        Contracts.promise(raw);
    }

    @AfterEach
    void close() {
        cache.close();
        raw.close();
    }

    @Test
    void isStoredThoughNoInvalidatorEvictsItAndGoesWhenItIsTold() {
        assertThat(read(KEY, "1").status()).isEqualTo(CacheStatus.MISS);
        assertThat(read(KEY, "2").status()).isEqualTo(CacheStatus.HIT);
        cache.invalidate(U1, List.of(TAG));
        assertThat(raw.redis.exists("ctx:{u1}:city:berlin:weather")).isZero();
        assertThat(read(KEY, "3").value()).hasValue("3");
        assertThat(read(KEY, "4").value()).hasValue("3");
    }

    /** Without the tag's beginning, nobody would ever evict it. */
    @Test
    void aTagThatNobodyTellsOfIsNotTakenForOne() {
        var result = cache.get(KEY, () -> Loaded.of("1", Tags.of("weather:berlin")));
        assertThat(result.status()).isEqualTo(CacheStatus.UNCOVERED);
    }

    @Test
    void whereNobodyPublishesNothingIsStored() {
        raw.redis.del("ctx:~position");
        assertThat(read(KEY, "1").status()).isEqualTo(CacheStatus.NO_INVALIDATOR);
    }

    @Test
    void whatIsBeingLoadedIsNotStored() {
        var result = cache.get(KEY, () -> {
            cache.invalidate(U1, List.of(TAG));
            return Loaded.of("old", List.of(TAG));
        });
        assertThat(result.status()).isEqualTo(CacheStatus.REFUSED);
        assertThat(read(KEY, "new").value()).hasValue("new");
    }

    @Test
    void everyViewThatCarriesTheTagGoesHoweverMany() {
        var keys = IntStream.range(0, 1200)
                .mapToObj(id -> CacheView.json("task", "own").key(id).ownedBy("u1"))
                .toList();
        cache.getAll(keys, InvalidateTest::loadAll);
        read(KEY, "1");
        assertThat(raw.redis.keys("ctx:{u1}:task:*")).hasSize(1200);
        cache.invalidate(U1, List.of(Tag.told("weather", List.of("rome")), TAG, TAG));
        assertThat(raw.redis.keys("ctx:{u1}:[a-z]*")).isEmpty();
    }

    @Test
    void otherOwnersKeepTheirs() {
        var other = WEATHER.key("berlin").ownedBy("u2");
        read(KEY, "1");
        read(other, "1");
        cache.invalidate(U1, List.of(TAG));
        assertThat(read(other, "2").status()).isEqualTo(CacheStatus.HIT);
        assertThat(read(KEY, "2").status()).isEqualTo(CacheStatus.MISS);
    }

    @Test
    void noTagsAreNoInvalidation() {
        read(KEY, "1");
        cache.invalidate(U1, List.of());
        assertThat(read(KEY, "2").status()).isEqualTo(CacheStatus.HIT);
    }

    /** Redis tells of it, but a moment later. */
    @Test
    void theOwnMemoryForgetsBeforeItReturns() {
        try (var near = builder()
                .nearCache(1 << 20)
                .nearMaxAge(Duration.ofMinutes(10))
                .nearInterval(Duration.ofMillis(10))
                .build()) {
            for (int round = 0; round < 200; round++) {
                String text = "" + round;
                near.get(KEY, () -> Loaded.of(text, List.of(TAG)));
                if (round == 0) {
                    await().atMost(PATIENCE)
                            .until(() -> near.get(KEY, () -> Loaded.of(text, List.of(TAG)))
                                            .status()
                                    == CacheStatus.NEAR);
                }
                assertThat(near.get(KEY, () -> Loaded.of("late", List.of(TAG))).value())
                        .hasValue(text);
                near.invalidate(U1, List.of(TAG));
            }
        }
    }

    @Test
    void whatRedisDidNotConfirmIsTold() {
        try (var alone = FreshetCache.builder()
                .redis("redis://127.0.0.1:1")
                .namespace("ctx")
                .build()) {
            assertThatThrownBy(() -> alone.invalidate(U1, List.of(TAG)))
                    .isInstanceOf(FreshetCache.NotInvalidatedException.class)
                    .hasMessageContaining("1 tags")
                    .hasMessageContaining("until this is called again");
        }
    }

    private static Map<EntryKey<String>, Loaded<String>> loadAll(List<EntryKey<String>> missing) {
        var loaded = new HashMap<EntryKey<String>, Loaded<String>>();
        missing.forEach(key -> loaded.put(key, Loaded.of("1", List.of(TAG, new Tag("task:1")))));
        return loaded;
    }

    private CacheResult<String> read(EntryKey<String> key, String text) {
        return cache.get(key, () -> {
            loads.incrementAndGet();
            return Loaded.of(text, List.of(TAG));
        });
    }
}
