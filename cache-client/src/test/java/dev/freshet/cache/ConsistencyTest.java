// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.cache.view.CacheView;
import dev.freshet.cache.view.EntryKey;
import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.fault.FaultProxy;
import dev.freshet.devservices.junit.WithRedis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each level takes from the cache, by the position in Redis; here it is written by hand. */
@WithRedis
class ConsistencyTest {
    private static final EntryKey<String> KEY =
            CacheView.json("task", "own").key("42").ownedBy("u1");
    private static final String ENTRY = "ctx:{u1}:task:42:own";
    private static final String POSITION = "ctx:~position";

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicInteger loads = new AtomicInteger();
    private final RedisServer server;
    private final RawRedis raw;
    private final FreshetCache cache;

    ConsistencyTest(RedisServer server) {
        this.server = server;
        var tested = tested(server);
        raw = tested.raw().get();
        cache = tested.on()
                .apply(FreshetCache.builder())
                .namespace("ctx")
                .commandTimeout(Duration.ofSeconds(30))
                .meters(meters)
                .build();
    }

    TestedRedis tested(RedisServer redis) {
        return TestedRedis.at(redis.uri());
    }

    @BeforeEach
    void fill() throws InterruptedException {
        raw.redis.flushall();
        Contracts.promise(raw);
        assertThat(read(Consistency.eventual()).status()).isEqualTo(CacheStatus.MISS);
        assertThat(loads).hasValue(1);
    }

    @AfterEach
    void close() {
        cache.close();
        raw.close();
    }

    @ParameterizedTest
    @CsvSource({
        "0/0, 0/0",
        "0/1A2B3C4, 0/1A2B3C4",
        "0/1A2B3C5, 0/1A2B3C4",
        "1/0, 0/FFFFFFFF",
        "80000000/0, 7FFFFFFF/FFFFFFFF",
        "ffffffff/ffffffff, FFFFFFFF/FFFFFFFF",
        "A/0, 9/0",
        "10/0, 9/FFFFFFFF"
    })
    void aSessionIsServedOnceThePositionHasPassedIt(String published, String asked) throws Exception {
        publish(published);
        assertThat(read(session(asked)).status()).isEqualTo(CacheStatus.HIT);
        assertThat(loads).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({
        "0/1A2B3C3, 0/1A2B3C4",
        "0/FFFFFFFF, 1/0",
        "7FFFFFFF/FFFFFFFF, 80000000/0",
        // One apart, which is the same number to a double.
        "FFFFFFFF/FFFFFFFE, FFFFFFFF/FFFFFFFF",
        "00200000/00000000, 00200000/00000001",
        "9/0, A/0",
        "9/FFFFFFFF, 10/0"
    })
    void aSessionAheadOfThePositionIsLoaded(String published, String asked) throws Exception {
        publish(published);
        assertThat(read(session(asked)).status()).isEqualTo(CacheStatus.BEHIND);
        assertThat(loads).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "/", "0/", "/1", "0/1 ", "0x0/1", "G/0", "1000000000/0", "0/1000000000", "-1/0"})
    void aPositionThatIsNoneProvesNothing(String odd) throws Exception {
        publish(odd);
        assertThat(read(session("0/0")).status()).isEqualTo(CacheStatus.BEHIND);
    }

    @Test
    void withoutAPositionASessionAndABoundAreLoaded() throws Exception {
        assertThat(read(session("0/0")).status()).isEqualTo(CacheStatus.BEHIND);
        assertThat(read(Consistency.bounded(Duration.ofDays(1))).status()).isEqualTo(CacheStatus.BEHIND);
        assertThat(read(Consistency.eventual()).status()).isEqualTo(CacheStatus.HIT);
        assertThat(loads).hasValue(3);
    }

    /** The invalidator goes by it: the least bound counts, until nobody has asked for it for a minute. */
    @Test
    void theLeastBoundThatIsAskedForIsLeftForTheInvalidator() throws Exception {
        read(Consistency.bounded(Duration.ofSeconds(2)));
        assertThat(wanted()).isEqualTo("2000000");
        read(Consistency.bounded(Duration.ofMillis(500)));
        assertThat(wanted()).isEqualTo("500000");
        read(Consistency.bounded(Duration.ofSeconds(2)));
        read(Consistency.eventual());
        assertThat(wanted()).isEqualTo("500000");
        assertThat(until() - micros()).isBetween(1L, 60_000_000L);

        // Asked for again in the second half of the minute.
        raw.redis.hset(POSITION, "wanted-until", "" + (micros() + 10_000_000));
        read(Consistency.bounded(Duration.ofSeconds(2)));
        assertThat(until() - micros()).isLessThanOrEqualTo(10_000_000L);
        read(Consistency.bounded(Duration.ofMillis(500)));
        assertThat(until() - micros()).isGreaterThan(10_000_000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "1", "99999999999999999999"})
    void aWishThatIsOverOrCannotBeUnderstoodIsReplaced(String until) throws Exception {
        raw.redis.hset(POSITION, "wanted", "1000");
        raw.redis.hset(POSITION, "wanted-until", until);
        read(Consistency.bounded(Duration.ofSeconds(2)));
        assertThat(wanted()).isEqualTo("2000000");
    }

    private String wanted() {
        return raw.redis.hget(POSITION, "wanted");
    }

    private long until() {
        return Long.parseLong(raw.redis.hget(POSITION, "wanted-until"));
    }

    @Test
    void withdrawingThePositionEndsWhatItProved() throws Exception {
        publish("0/9");
        assertThat(read(session("0/9")).status()).isEqualTo(CacheStatus.HIT);
        raw.redis.hdel(POSITION, "lsn", "held-at");
        assertThat(read(session("0/9")).status()).isEqualTo(CacheStatus.BEHIND);
    }

    @Test
    void aBoundIsServedWhileThePositionIsYoungEnough() throws Exception {
        raw.redis.hset(POSITION, "held-at", "" + (micros() - 60_000_000));
        assertThat(read(Consistency.bounded(Duration.ofHours(1))).status()).isEqualTo(CacheStatus.HIT);
        assertThat(read(Consistency.bounded(Duration.ofSeconds(59))).status()).isEqualTo(CacheStatus.BEHIND);
    }

    @Test
    void aPositionHeldInTheFutureProvesNothing() throws Exception {
        raw.redis.hset(POSITION, "held-at", "" + (micros() + 600_000_000));
        assertThat(read(Consistency.bounded(Duration.ofDays(1))).status()).isEqualTo(CacheStatus.BEHIND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "nan", "inf", "-inf", "0/1A2B3C4"})
    void aTimeThatIsNoneProvesNothing(String odd) throws Exception {
        raw.redis.hset(POSITION, "held-at", odd);
        assertThat(read(Consistency.bounded(Duration.ofDays(1))).status()).isEqualTo(CacheStatus.BEHIND);
    }

    @Test
    void whenItWasWrittenIsNotUntilWhenItHeld() throws Exception {
        raw.redis.hset(POSITION, "updated-at", "" + micros());
        raw.redis.hset(POSITION, "committed-at", "" + micros());
        assertThat(read(Consistency.bounded(Duration.ofDays(1))).status()).isEqualTo(CacheStatus.BEHIND);
    }

    @Test
    void strongAsksNoRedisAndLeavesTheEntry() throws Exception {
        publish("FFFFFFFF/FFFFFFFF");
        long asked = begins();
        assertThat(read(Consistency.strong()).status()).isEqualTo(CacheStatus.BYPASS);
        assertThat(begins()).isEqualTo(asked);
        assertThat(loads).hasValue(2);
        assertThat(raw.redis.get(ENTRY)).endsWith("\"value\":1}");
    }

    @Test
    void thePositionIsReadInOneStepWithTheEntry() throws Exception {
        var committed = new AtomicInteger(1);
        var writer = Executors.newSingleThreadExecutor();
        try {
            var done = writer.submit(() -> {
                for (int n = 2; n < 500; n++) {
                    loads.set(n);
                    committed.set(n);
                    raw.redis.del("ctx:{u1}:~fences");
                    raw.redis.unlink(ENTRY);
                    publish("0/" + Integer.toHexString(n));
                }
            });
            while (!done.isDone()) {
                // A program that knows of a commit which nobody has evicted yet.
                int known = committed.get();
                var result = cache.at(session("0/" + Integer.toHexString(known)))
                        .get(KEY, () -> Loaded.of("" + loads.get(), Tags.of("task:42")));
                assertThat(Integer.parseInt(result.value().orElseThrow())).isGreaterThanOrEqualTo(known);
            }
            done.get();
        } finally {
            writer.shutdownNow();
        }
    }

    /** Whatever is asked of Redis for one read: what happens before any of it is no matter. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aCommitThatIsEvictedAndPublishedDuringAReadIsNotMissed(int question) throws Exception {
        try (var proxy = new FaultProxy(server.host(), server.port());
                var reader = FreshetCache.builder()
                        .redis("redis://" + proxy.address())
                        .namespace("ctx")
                        .commandTimeout(Duration.ofSeconds(30))
                        .build()) {
            var value = new AtomicInteger(1);
            Loader<String, RuntimeException> loader = () -> Loaded.of("" + value.get(), Tags.of("task:42"));
            publish("0/1");
            reader.at(session("0/1")).get(KEY, loader);
            assertThat(reader.at(session("0/1")).get(KEY, loader).status()).isEqualTo(CacheStatus.HIT);
            value.set(2);
            proxy.failAt(FaultProxy.Moment.NEVER, request -> true, question, () -> {
                raw.redis.del("ctx:{u1}:~fences");
                raw.redis.unlink(ENTRY);
                publish("0/2");
            });
            assertThat(reader.at(session("0/2")).get(KEY, loader).value()).hasValue("2");
        }
    }

    @Test
    void whatIsLoadedBecauseThePositionIsBehindIsStored() throws Exception {
        assertThat(read(session("0/1")).value()).hasValue("2");
        var next = read(Consistency.eventual());
        assertThat(next.status()).isEqualTo(CacheStatus.HIT);
        assertThat(next.value()).hasValue("2");
    }

    @Test
    void itIsNotStoredIfItsTagIsPurgedMeanwhile() throws Exception {
        var result = cache.at(session("0/1")).get(KEY, () -> {
            raw.redis.zadd("ctx:{u1}:~fences", 1e16, "task:42");
            return Loaded.of("\"old\"", Tags.of("task:42"));
        });
        assertThat(result.status()).isEqualTo(CacheStatus.BEHIND);
        assertThat(raw.redis.get(ENTRY)).endsWith("\"value\":1}");
        assertThat(meters.get("freshet.cache.fills.refused")
                        .tag("reason", "fenced")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void aResultTellsThePositionOfItsLoadAlsoFromTheCache() throws Exception {
        assertThat(read(Consistency.eventual()).position()).isEmpty();
        raw.redis.del(ENTRY);
        var loaded = cache.get(KEY, () -> Loaded.of("7", Tags.of("task:42")).at("A/1b2c", "790:795:791,793"));
        assertThat(loaded.position()).contains(WalPosition.of("A/1B2C"));
        assertThat(raw.redis.get(ENTRY))
                .isEqualTo("{\"tags\":[\"task:42\"],\"at\":\"A/1B2C\",\"snapshot\":\"790:795:791,793\",\"value\":7}");
        var cached = read(Consistency.eventual());
        assertThat(cached.status()).isEqualTo(CacheStatus.HIT);
        assertThat(cached.position()).contains(WalPosition.of("A/1B2C"));
        assertThat(cached.value()).hasValue("7");
    }

    @Test
    void absenceHasAPositionToo() throws Exception {
        raw.redis.del(ENTRY);
        cache.get(KEY, () -> Loaded.<String>absent(Tags.of("task:42")).at("0/5", "1:1:"));
        var cached = read(Consistency.eventual());
        assertThat(cached.isPresent()).isFalse();
        assertThat(cached.position()).contains(WalPosition.of("0/5"));
    }

    @Test
    void refusesWhatIsNoPositionNoSnapshotAndNoAge() {
        var value = Loaded.of("1", Tags.of("a"));
        assertThatThrownBy(() -> WalPosition.of("0/1/2")).hasMessageContaining("'0/1/2'");
        assertThatThrownBy(() -> WalPosition.of("0/123456789")).hasMessageContaining("pg_lsn");
        assertThatThrownBy(() -> value.at("", "1:1:")).hasMessageContaining("position ''");
        assertThatThrownBy(() -> value.at("0/1", "1:1:\"")).hasMessageContaining("snapshot '1:1:\"'");
        assertThatThrownBy(() -> Consistency.bounded(Duration.ZERO)).hasMessageContaining("PT0S");
        assertThatThrownBy(() -> Consistency.bounded(Duration.ofMillis(99)))
                .hasMessageContaining("less than 100 ms")
                .hasMessageContaining("prove");
        assertThatThrownBy(() -> Consistency.bounded(Duration.ofDays(2))).hasMessageContaining("1 day");
    }

    @Test
    void positionsAreUnsignedAndPrintAsPostgresDoes() {
        var low = WalPosition.of("7FFFFFFF/FFFFFFFF");
        var high = WalPosition.of("80000000/0");
        assertThat(low).isLessThan(high);
        assertThat(low.max(high)).isSameAs(high).isSameAs(high.max(low));
        assertThat(WalPosition.of("00000000/0001a2b3")).hasToString("0/1A2B3").isEqualTo(WalPosition.of("0/1A2B3"));
    }

    @Test
    void positionsSayWhichClusterTheyAreOf() {
        var bare = WalPosition.of("0/5");
        var own = WalPosition.of("0/5@7301234567890123456");
        var other = WalPosition.of("0/6@42");
        assertThat(own).hasToString("0/5@7301234567890123456").isNotEqualTo(bare);
        assertThat(own.lsn()).isEqualTo("0/5");
        assertThat(own.system()).contains("7301234567890123456");
        assertThat(bare.system()).isEmpty();
        assertThat(own.max(bare)).isSameAs(own).isSameAs(bare.max(own));
        assertThat(bare.max(other)).isSameAs(other);
        assertThatThrownBy(() -> own.max(other)).hasMessageContainingAll(own.toString(), other.toString());
        for (var wrong : List.of("0/5@", "0/5@x", "0/5@-1", "@7", "0/5@7@7", "0/5 @7", "0/5@123456789012345678901")) {
            assertThatThrownBy(() -> WalPosition.of(wrong)).hasMessageContaining("'" + wrong + "'");
        }
    }

    private CacheResult<String> read(Consistency level) throws InterruptedException {
        return cache.at(level).get(KEY, () -> Loaded.of("" + loads.incrementAndGet(), Tags.of("task:42")));
    }

    private static Consistency session(String position) {
        return Consistency.session(WalPosition.of(position));
    }

    private void publish(String lsn) {
        raw.redis.hset(POSITION, "lsn", lsn);
    }

    private long micros() {
        var time = raw.redis.time();
        return Long.parseLong(time.get(0)) * 1_000_000 + Long.parseLong(time.get(1));
    }

    private long begins() {
        return meters.get("freshet.cache.redis")
                .tag("operation", "begin")
                .timer()
                .count();
    }
}
