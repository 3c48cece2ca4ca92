// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.cache.view.CacheView;
import dev.freshet.cache.view.EntryKey;
import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.junit.Patience;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.redis.LinkSettings;
import dev.freshet.redis.RedisAddress;
import dev.freshet.redis.RedisLink;
import io.lettuce.core.KillArgs;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import io.lettuce.core.codec.StringCodec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Memory in front of Redis hears of all that changes there; the same in every topology. The source of the values is
 * {@code truth}.
 */
@WithRedis
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class NearCacheTest {
    static final Duration PATIENCE = Patience.PATIENCE;
    private static final EntryKey<String> KEY =
            CacheView.json("task", "resolved").key("42").ownedBy("u1");
    private static final String ENTRY = "ctx:{u1}:task:42:resolved";
    private static final String TAG_SET = "ctx:{u1}:~tag:branch:7/inherited";

    final AtomicInteger truth = new AtomicInteger();
    RawRedis raw;
    /** Of the master that has the entry. */
    String position;

    private final String uri;
    private final List<String> masters;
    private final int races;
    SimpleMeterRegistry meters;
    FreshetCache cache;

    /**
     * @param masters each by itself
     * @param races how often readers race with a writer
     */
    NearCacheTest(String uri, List<String> masters, int races) {
        this.uri = uri;
        this.masters = masters;
        this.races = races;
    }

    @BeforeAll
    void connect() throws InterruptedException {
        raw = new RawRedis(uri);
        var settings = new LinkSettings(RedisAddress.parse(uri), "near-test", PATIENCE, PATIENCE, 100);
        try (var link = new RedisLink<>(settings, StringCodec.UTF8, () -> {})) {
            link.open(PATIENCE);
            var index = link.positionIndex(ENTRY);
            var keys = new CacheKeys("ctx");
            position = index.isPresent() ? keys.position(index.getAsInt()) : keys.position();
        }
    }

    @AfterAll
    void disconnect() {
        raw.close();
    }

    @BeforeEach
    void open() throws InterruptedException {
        raw.redis.flushall();
        Contracts.promise(raw);
        truth.set(1);
        meters = new SimpleMeterRegistry();
        cache = builder(uri).meters(meters).build();
    }

    @AfterEach
    void close() {
        cache.close();
    }

    static FreshetCacheBuilder builder(String uri) {
        return FreshetCache.builder()
                .redis(uri)
                .namespace("ctx")
                .commandTimeout(Duration.ofSeconds(30))
                .nearCache(1 << 20)
                // These tests are of notices: no proof grows too old on a busy machine.
                .nearMaxAge(Duration.ofMinutes(10))
                .nearTtl(Duration.ofMinutes(10))
                .nearInterval(Duration.ofMillis(10));
    }

    @Test
    void whatRedisAnsweredIsAnsweredFromMemoryThen() throws Exception {
        awaitNear();
        long asked = begins();
        for (int i = 0; i < 100; i++) {
            var result = read();
            assertThat(result.status()).isEqualTo(CacheStatus.NEAR);
            assertThat(result.value()).hasValue("1");
            assertThat(result.position()).contains(WalPosition.of("0/7"));
        }
        assertThat(begins()).isEqualTo(asked);
        assertThat(meters.get("freshet.cache.near.bytes").gauge().value()).isPositive();
        assertThat(meters.get("freshet.cache.near.proof.age").gauge().value()).isNotNegative();
    }

    static Stream<Named<Consumer<RawRedis>>> changes() {
        return Stream.of(
                Named.of("the entry is unlinked", raw -> raw.redis.unlink(ENTRY)),
                Named.of("the entry expires", raw -> raw.redis.pexpire(ENTRY, 1)),
                Named.of("the entry's tag set is deleted", raw -> raw.redis.del(TAG_SET)),
                Named.of("the entry's tag set is emptied", raw -> raw.redis.spop(TAG_SET)),
                Named.of("everything is flushed", raw -> {
                    raw.redis.flushall();
                    Contracts.promise(raw);
                }),
                Named.of("everything is flushed by and by", raw -> {
                    raw.redis.flushall(io.lettuce.core.FlushMode.ASYNC);
                    Contracts.promise(raw);
                }));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aChangeInRedisEndsIt(Consumer<RawRedis> change) throws Exception {
        awaitNear();
        truth.set(2);
        change.accept(raw);
        await().atMost(PATIENCE).until(() -> read().value().orElseThrow().equals("2"));
    }

    @Test
    void anEntryWhoseTagSetWasEvictedForMemoryDoesNotLiveOn() throws Exception {
        awaitFilled();
        // With policy volatile-lru what does not expire stays.
        raw.redis.persist(ENTRY);
        awaitNear();
        truth.set(2);
        onEachMaster(redis -> {
            redis.configSet("maxmemory-policy", "volatile-lru");
            redis.configSet("maxmemory", "1");
        });
        try {
            await().atMost(PATIENCE).until(() -> raw.redis.exists(TAG_SET) == 0);
            assertThat(raw.redis.exists(ENTRY)).isEqualTo(1);
            // An invalidation finds the entry under no tag now, and so tells nothing of it.
            await().atMost(PATIENCE).until(() -> read().value().orElseThrow().equals("2"));
        } finally {
            onEachMaster(redis -> {
                redis.configSet("maxmemory", "0");
                redis.configSet("maxmemory-policy", "noeviction");
            });
        }
    }

    @Test
    void anInvalidationBetweenReadingAndKeepingWins() throws Exception {
        var writer = Executors.newSingleThreadExecutor();
        try {
            for (int round = 0; round < races / 5; round++) {
                awaitFilled();
                var change = writer.submit(() -> {
                    truth.incrementAndGet();
                    evict();
                });
                for (int i = 0; i < 20; i++) {
                    read();
                }
                change.get();
                await().atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(1))
                        .pollDelay(Duration.ZERO)
                        .until(() -> read().value().orElseThrow().equals("" + truth.get()));
            }
        } finally {
            writer.shutdownNow();
        }
    }

    @Test
    void aSessionIsServedFromMemoryOnceThePositionIsProvedToHavePassedIt() throws Exception {
        raw.redis.hset(position, "lsn", "0/9");
        awaitNear();
        await().atMost(PATIENCE).until(() -> read(session("0/9")).status() == CacheStatus.NEAR);
        assertThat(read(session("0/A")).status()).isEqualTo(CacheStatus.BEHIND);
        raw.redis.hset(position, "lsn", "0/A");
        await().atMost(PATIENCE).until(() -> read(session("0/A")).status() == CacheStatus.NEAR);
    }

    @Test
    void aSessionNeverGetsFromMemoryWhatItsPositionHasEvicted() throws Exception {
        var writer = Executors.newSingleThreadExecutor();
        var committed = new AtomicInteger(1);
        try {
            var done = writer.submit(() -> {
                for (int n = 2; n < races; n++) {
                    truth.set(n);
                    committed.set(n);
                    evict();
                    raw.redis.hset(position, "lsn", "0/" + Integer.toHexString(n));
                }
            });
            int near = 0;
            while (!done.isDone() || near == 0) {
                int known = committed.get();
                var result = read(session("0/" + Integer.toHexString(known)));
                assertThat(Integer.parseInt(result.value().orElseThrow())).isGreaterThanOrEqualTo(known);
                near += result.status() == CacheStatus.NEAR ? 1 : 0;
            }
            done.get();
        } finally {
            writer.shutdownNow();
        }
    }

    @Test
    void aBoundIsServedFromMemoryWhileItIsProvedToHold() throws Exception {
        var time = raw.redis.time();
        long now = Long.parseLong(time.get(0)) * 1_000_000;
        raw.redis.hset(position, "held-at", "" + (now - 100_000_000));
        awaitNear();
        await().atMost(PATIENCE)
                .until(() -> read(Consistency.bounded(Duration.ofHours(1))).status() == CacheStatus.NEAR);
        assertThat(read(Consistency.bounded(Duration.ofSeconds(99))).status()).isEqualTo(CacheStatus.BEHIND);
        raw.redis.hset(position, "held-at", "" + (now + 1_000_000_000));
        awaitProof();
        awaitNear();
        assertThat(read(Consistency.bounded(Duration.ofHours(1))).status()).isEqualTo(CacheStatus.BEHIND);
    }

    @Test
    void strongAndUnknownPositionsAreNotServedFromMemory() throws Exception {
        awaitNear();
        assertThat(read(Consistency.strong()).status()).isEqualTo(CacheStatus.BYPASS);
        assertThat(read(session("0/0")).status()).isEqualTo(CacheStatus.BEHIND);
        assertThat(read(Consistency.bounded(Duration.ofDays(1))).status()).isEqualTo(CacheStatus.BEHIND);
    }

    @Test
    void aNewConnectionIsTrackedAnewAndWhatWasKeptBeforeIsForgotten() throws Exception {
        for (int i = 2; i < 6; i++) {
            awaitNear();
            // The change comes in a moment when nobody listens: no notice of it will ever arrive.
            onEachMaster(redis -> redis.clientKill(KillArgs.Builder.typeNormal().skipme()));
            truth.set(i);
            evict();
            await().atMost(PATIENCE).until(() -> read().value().orElseThrow().equals("" + truth.get()));
        }
    }

    @Test
    void absenceIsKeptToo() throws Exception {
        await().atMost(PATIENCE)
                .until(() ->
                        cache.get(KEY, () -> Loaded.absent(Tags.of("task:42"))).status() == CacheStatus.NEAR);
        assertThat(read().isPresent()).isFalse();
    }

    /** As the invalidator does where it fences every tag of an owner. */
    final void evict() {
        raw.redis.del("ctx:{u1}:~fences");
        raw.redis.unlink(ENTRY);
    }

    private void onEachMaster(Consumer<RedisClusterCommands<String, String>> what) {
        for (var master : masters) {
            try (var alone = new RawRedis(master)) {
                what.accept(alone.redis);
            }
        }
    }

    private void awaitFilled() throws InterruptedException {
        while (read().status() == CacheStatus.MISS) {
            Thread.onSpinWait();
        }
    }

    /** One that was asked for after this was called. */
    private void awaitProof() {
        long start = System.nanoTime();
        var age = meters.get("freshet.cache.near.proof.age").gauge();
        await().atMost(PATIENCE).until(() -> age.value() < (System.nanoTime() - start) / 1e9);
    }

    private void awaitNear() {
        await().atMost(PATIENCE).until(() -> read().status() == CacheStatus.NEAR);
    }

    final CacheResult<String> read(FreshetCache from) throws InterruptedException {
        return read(from, Consistency.eventual());
    }

    private CacheResult<String> read() throws InterruptedException {
        return read(Consistency.eventual());
    }

    private CacheResult<String> read(Consistency level) throws InterruptedException {
        return read(cache, level);
    }

    final CacheResult<String> read(FreshetCache from, Consistency level) throws InterruptedException {
        return from.at(level)
                .get(
                        KEY,
                        () -> Loaded.of("" + truth.get(), Tags.of("task:42", "branch:7/inherited"))
                                .at("0/7", "1:1:"));
    }

    private static Consistency session(String position) {
        return Consistency.session(WalPosition.of(position));
    }

    private long begins() {
        return meters.get("freshet.cache.redis")
                .tag("operation", "begin")
                .timer()
                .count();
    }
}
