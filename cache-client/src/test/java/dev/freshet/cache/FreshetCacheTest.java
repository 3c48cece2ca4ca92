// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.cache.view.CacheView;
import dev.freshet.cache.view.EntryKey;
import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.junit.WithRedis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@WithRedis
class FreshetCacheTest {
    private static final EntryKey<String> KEY =
            CacheView.json("task", "own").key("42").ownedBy("u1");
    private static final String ENTRY = "ctx:{u1}:task:42:own";

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicInteger loads = new AtomicInteger();
    private final RawRedis raw;
    private final FreshetCache cache;

    FreshetCacheTest(RedisServer server) throws InterruptedException {
        raw = new RawRedis(server.uri());
        cache = FreshetCache.builder()
                .redis(server.uri())
                .namespace("ctx")
                .commandTimeout(Duration.ofSeconds(30))
                .maxValueBytes(1000)
                .meters(meters)
                .build();
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
    void loadsOnceAndAnswersFromRedisThen() throws Exception {
        var first = cache.get(KEY, () -> value("{\"n\":1}"));
        var second = cache.get(KEY, () -> value("{\"n\":2}"));
        assertThat(first.status()).isEqualTo(CacheStatus.MISS);
        assertThat(second.status()).isEqualTo(CacheStatus.HIT);
        assertThat(second.value()).hasValue("{\"n\":1}");
        assertThat(loads).hasValue(1);
        assertThat(reads("miss", "present")).isEqualTo(1);
        assertThat(reads("hit", "present")).isEqualTo(1);
    }

    @Test
    void remembersThatSomethingDoesNotExist() throws Exception {
        assertThat(cache.get(KEY, () -> Loaded.absent(Tags.of("task:42"))).isPresent())
                .isFalse();
        var again = cache.get(KEY, () -> value("1"));
        assertThat(again.status()).isEqualTo(CacheStatus.HIT);
        assertThat(again.isPresent()).isFalse();
        assertThat(again.value()).isEmpty();
        assertThat(raw.redis.get(ENTRY)).isEqualTo("{\"tags\":[\"task:42\"],\"value\":null}");
        assertThat(raw.redis.pttl(ENTRY)).isBetween(1L, 33_000L);
        assertThat(reads("hit", "absent")).isEqualTo(1);
    }

    @Test
    void jsonNullMeansAbsent() throws Exception {
        assertThat(cache.get(KEY, () -> value("null")).isPresent()).isFalse();
        assertThat(cache.get(KEY, () -> value("1")).isPresent()).isFalse();
    }

    @Test
    void timesToLiveVaryAroundTheirSetting() throws Exception {
        var ttls = new HashSet<Long>();
        for (int id = 0; id < 50; id++) {
            cache.get(CacheView.json("task", "own").key("" + id).ownedBy("u1"), () -> value("1"));
            long ttl = raw.redis.pttl("ctx:{u1}:task:" + id + ":own");
            assertThat(ttl).isBetween(260_000L, 330_000L);
            ttls.add(ttl / 1000);
        }
        assertThat(ttls).hasSizeGreaterThan(5);
    }

    @Test
    void answersButDoesNotStoreWhatIsTooLarge() throws Exception {
        var large = "\"" + "x".repeat(1000) + "\"";
        var result = cache.get(KEY, () -> value(large));
        assertThat(result.status()).isEqualTo(CacheStatus.REFUSED);
        assertThat(result.value()).hasValue(large);
        assertThat(raw.redis.exists(ENTRY)).isZero();
        assertThat(refused("too-large")).isEqualTo(1);
    }

    @Test
    void answersButDoesNotStoreWhatWentStaleWhileItWasLoaded() throws Exception {
        var result = cache.get(KEY, () -> {
            fenceNow("task:42");
            return value("\"old\"");
        });
        assertThat(result.status()).isEqualTo(CacheStatus.REFUSED);
        assertThat(result.value()).hasValue("\"old\"");
        assertThat(raw.redis.exists(ENTRY)).isZero();
        assertThat(refused("fenced")).isEqualTo(1);
        assertThat(cache.get(KEY, () -> value("\"new\"")).status()).isEqualTo(CacheStatus.MISS);
    }

    @Test
    void everythingLostBetweenBeginAndFillRefusesTheFill() throws Exception {
        var result = cache.get(KEY, () -> {
            raw.redis.flushall();
            Contracts.promise(raw);
            return value("1");
        });
        assertThat(result.status()).isEqualTo(CacheStatus.REFUSED);
        assertThat(raw.redis.keys("*")).containsExactly("ctx:~position");
        assertThat(refused("lost")).isEqualTo(1);
    }

    @Test
    void whatTheLoaderThrowsPassesThroughAndNothingIsCached() throws Exception {
        var failure = new IOException("no database");
        assertThatThrownBy(() -> cache.get(KEY, () -> {
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(raw.redis.exists(ENTRY)).isZero();
        assertThat(cache.get(KEY, () -> value("1")).status()).isEqualTo(CacheStatus.MISS);
        assertThat(meters.get("freshet.cache.load")
                        .tag("outcome", "failed")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void aLoaderThatAnswersNullIsAMistakeThatIsNamed() {
        assertThatThrownBy(() -> cache.get(KEY, () -> null))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("Loaded.absent");
    }

    @Test
    void aLoaderMustNotAskForItsOwnKey() {
        assertThatThrownBy(() -> cache.get(KEY, () -> {
                    cache.get(KEY, () -> value("1"));
                    return value("2");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the very key");
    }

    @Test
    void anInterruptEndsTheWaitForRedis() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> cache.get(KEY, () -> value("1"))).isInstanceOf(InterruptedReadException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(loads).hasValue(0);
    }

    @Test
    void anInterruptDuringTheLoadIsLeftStandingAndTheValueAnswered() throws Exception {
        var result = cache.get(KEY, () -> {
            Thread.currentThread().interrupt();
            return value("1");
        });
        assertThat(Thread.interrupted()).isTrue();
        assertThat(result.value()).hasValue("1");
        // Redis may have answered before anybody could wait for it.
        assertThat(result.status()).isIn(CacheStatus.BYPASS, CacheStatus.MISS);
    }

    @Test
    void anErrorOfRedisIsNoErrorOfTheRead() throws Exception {
        raw.redis.sadd(ENTRY, "not a string");
        var result = cache.get(KEY, () -> value("1"));
        assertThat(result.status()).isEqualTo(CacheStatus.BYPASS);
        assertThat(result.value()).hasValue("1");
        assertThat(cache.isRedisAvailable()).isTrue();
    }

    @Test
    void afterItWasClosedTheLoaderAnswers() throws Exception {
        cache.get(KEY, () -> value("1"));
        cache.close();
        var result = cache.get(KEY, () -> value("2"));
        assertThat(result.status()).isEqualTo(CacheStatus.BYPASS);
        assertThat(result.value()).hasValue("2");
        assertThat(cache.isRedisAvailable()).isFalse();
    }

    @Test
    void theConnectionHasAName() {
        assertThat(raw.redis.clientList()).contains("name=freshet-cache");
    }

    private Loaded<String> value(String json) {
        loads.incrementAndGet();
        return Loaded.of(json, Tags.of("task:42"));
    }

    private void fenceNow(String tag) {
        double clock = raw.redis.zscore("ctx:{u1}:~fences", "~clock");
        raw.redis.zadd("ctx:{u1}:~fences", clock + 1, "~clock");
        raw.redis.zadd("ctx:{u1}:~fences", clock + 1, tag);
    }

    private double reads(String status, String value) {
        return meters.get("freshet.cache.reads")
                .tag("level", "eventual")
                .tag("status", status)
                .tag("value", value)
                .counter()
                .count();
    }

    private double refused(String reason) {
        return meters.get("freshet.cache.fills.refused")
                .tag("reason", reason)
                .counter()
                .count();
    }
}
