// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.cache.view.CacheView;
import dev.freshet.cache.view.EntryKey;
import dev.freshet.devservices.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Hot keys that were evicted are loaded ahead of the next read, once across all readers. */
class WarmingTest extends CachesOnRedis {
    private static final EntryKey<String> KEY =
            CacheView.json("task", "own").key("42").ownedBy("u1");
    private static final String ENTRY = "ctx:{u1}:task:42:own";
    private static final String LOCK = "ctx:{u1}:~lease:task:42:own";

    WarmingTest(RedisServer server) {
        super(server);
    }

    @Test
    void aHotKeyIsLoadedAheadOfTheNextReadByOneReaderOfAll() throws Exception {
        reader(100);
        reader(100);
        reader(100);
        for (int round = 1; round < 20; round++) {
            caches.forEach(this::heat);
            int before = loads.get();
            evict();
            await().atMost(PATIENCE).until(() -> raw.redis.exists(ENTRY) == 1);
            // All of them heard of it, and of the fill.
            caches.forEach(this::heat);
            assertThat(loads).hasValue(before + 1);
        }
        assertThat(count("loaded")).isPositive();
    }

    @Test
    void aColdKeyIsLeftToTheNextRead() throws Exception {
        var reader = reader(100);
        read(reader);
        var hot = CacheView.json("task", "own").key("43").ownedBy("u1");
        for (int i = 0; i < 50; i++) {
            reader.get(hot, () -> Loaded.of("1", Tags.of("task:43")));
        }
        await().atMost(PATIENCE)
                .until(() -> reader.get(hot, () -> Loaded.of("1", Tags.of("task:43")))
                                .status()
                        == CacheStatus.NEAR);
        raw.redis.unlink(ENTRY);
        // Told of after the other: once this one is back, the other has been decided on.
        raw.redis.unlink("ctx:{u1}:task:43:own");
        await().atMost(PATIENCE).until(() -> raw.redis.exists("ctx:{u1}:task:43:own") == 1);
        assertThat(raw.redis.exists(ENTRY)).isZero();
    }

    @Test
    void whoHoldsTheLockLoadsAndNobodyElse() throws Exception {
        heat(reader(100));
        raw.redis.set(LOCK, "another reader");
        int before = loads.get();
        evict();
        await().atMost(PATIENCE).until(() -> count("elsewhere") >= 1);
        assertThat(raw.redis.exists(ENTRY)).isZero();
        assertThat(loads).hasValue(before);
    }

    @Test
    void theLockIsShortAndGivenBack() throws Exception {
        var held = new AtomicLong();
        var reader = reader(100);
        var loading = new CountDownLatch(1);
        for (int i = 0; i < 20; i++) {
            read(reader);
        }
        awaitNear(reader, () -> {
            if (raw.redis.exists(LOCK) == 1) {
                held.set(raw.redis.pttl(LOCK));
                // It does not go by itself now.
                raw.redis.persist(LOCK);
                loading.countDown();
            }
            return Loaded.of("1", Tags.of("task:42"));
        });
        evict();
        assertThat(loading.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(held.get()).isBetween(1L, 5_000L);
        await().atMost(PATIENCE).until(() -> raw.redis.exists(LOCK) == 0);
    }

    @Test
    void aRefreshThatIsOvertakenByAnotherChangeIsMadeAnew() throws Exception {
        var reader = reader(100);
        var overtaken = new AtomicBoolean();
        for (int i = 0; i < 20; i++) {
            read(reader);
        }
        raw.redis.unlink(ENTRY);
        // The loader of the last read is the one that a refresh uses.
        awaitNear(reader, () -> {
            var loaded = next();
            if (overtaken.compareAndSet(true, false)) {
                var now = raw.redis.time();
                raw.redis.zadd(
                        "ctx:{u1}:~fences",
                        Double.parseDouble(now.get(0)) * 1e6 + Double.parseDouble(now.get(1)),
                        "task:42");
            }
            return loaded;
        });
        int before = loads.get();
        overtaken.set(true);
        evict();
        // Nobody reads.
        await().atMost(PATIENCE).until(() -> raw.redis.exists(ENTRY) == 1);
        assertThat(raw.redis.get(ENTRY)).endsWith("\"value\":" + (before + 2) + "}");
        assertThat(count("overtaken")).isEqualTo(1);
        assertThat(count("loaded")).isPositive();
    }

    @Test
    void theBudgetIsKept() throws Exception {
        var reader = reader(1);
        var keys = new ArrayList<EntryKey<String>>();
        for (int i = 0; i < 20; i++) {
            keys.add(CacheView.json("task", "own").key("" + i).ownedBy("u1"));
        }
        for (int j = 0; j < 20; j++) {
            for (var key : keys) {
                reader.get(key, () -> Loaded.of("1", Tags.of("task:1")));
            }
        }
        awaitNear(reader);
        raw.redis.unlink(keys.stream()
                .map(key -> "ctx:{u1}:task:" + key.id().get(0) + ":own")
                .toArray(String[]::new));
        await().atMost(PATIENCE).until(() -> count("over-budget") + count("loaded") >= 20);
        assertThat(count("over-budget")).isPositive();
        assertThat(count("loaded")).isLessThan(20);
    }

    @Test
    void aLoaderThatFailsLeavesTheKeyToTheNextRead() throws Exception {
        var reader = reader(100);
        var fails = new AtomicInteger();
        for (int i = 0; i < 20; i++) {
            read(reader);
        }
        awaitNear(reader, () -> {
            if (fails.get() > 0) {
                throw new IllegalStateException("no database");
            }
            return Loaded.of("1", Tags.of("task:42"));
        });
        fails.set(1);
        evict();
        await().atMost(PATIENCE).until(() -> count("failed") == 1);
        fails.set(0);
        assertThat(read(reader).value()).isPresent();
        await().atMost(PATIENCE).until(() -> raw.redis.exists(LOCK) == 0);
    }

    private FreshetCache reader(int loadsPerSecond) throws InterruptedException {
        return open(builder()
                .nearCache(1 << 20)
                .nearMaxAge(Duration.ofMinutes(10))
                .nearInterval(Duration.ofMillis(10))
                .warming(loadsPerSecond, 2));
    }

    private void heat(FreshetCache reader) {
        try {
            for (int i = 0; i < 20; i++) {
                read(reader);
            }
            awaitNear(reader);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitNear(FreshetCache reader) {
        awaitNear(reader, this::next);
    }

    /** The loader of the last read is the one that warming uses. */
    private void awaitNear(FreshetCache reader, Loader<String, RuntimeException> loader) {
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> reader.get(KEY, loader).status() == CacheStatus.NEAR);
    }

    private CacheResult<String> read(FreshetCache reader) throws InterruptedException {
        return reader.get(KEY, this::next);
    }

    private void evict() {
        raw.redis.unlink(ENTRY);
    }

    private double count(String outcome) {
        return meters.get("freshet.cache.warming")
                .tag("outcome", outcome)
                .counter()
                .count();
    }
}
