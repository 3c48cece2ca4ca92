// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cache.CacheResult;
import dev.freshet.cache.CacheStatus;
import dev.freshet.cache.FreshetCache;
import dev.freshet.cache.Loaded;
import dev.freshet.cache.view.CacheView;
import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Readers, a writer that is also the invalidator, and faults, at random. A row is a version in memory. Its commit is
 * "published" when its eviction has been accepted. No read may answer a version older than the one that was published
 * when the read began.
 */
@WithRedis
class InterleavingTest {
    private static final int ROWS = 3;
    private static final int READERS = 4;
    private static final int WRITES = 700;
    private static final Isolate OWNER = Isolate.of("u1");

    private final long seed = Long.getLong("freshet.seed", System.nanoTime());
    private final Map<Integer, Long> committed = new ConcurrentHashMap<>();
    private final Map<Integer, Long> published = new ConcurrentHashMap<>();
    private final AtomicBoolean done = new AtomicBoolean();
    private final AtomicLong reads = new AtomicLong();
    private final Map<CacheStatus, AtomicLong> statuses = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final RedisServer server;

    InterleavingTest(RedisServer server) {
        this.server = server;
    }

    @AfterEach
    void close() throws InterruptedException {
        done.set(true);
        threads.shutdownNow();
        assertThat(threads.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
    }

    @Test
    void noReadIsOlderThanWhatWasPublishedBeforeIt() throws Exception {
        for (int row = 0; row < ROWS; row++) {
            committed.put(row, 0L);
            published.put(row, 0L);
        }
        // Two processes' worth of readers: single flight is per process.
        try (var one = cache();
                var other = cache();
                var raw = new RawRedis(server.uri());
                var evictor = new Evictor(
                        new EvictorSettings(server.uri(), new CacheKeys("ctx")), new SimpleMeterRegistry())) {
            raw.promise("ctx", Contracts.ALL.fields());
            var readers = new ArrayList<Future<?>>();
            for (int i = 0; i < READERS; i++) {
                var random = new Random(seed + i);
                var cache = i % 2 == 0 ? one : other;
                readers.add(threads.submit(() -> {
                    while (!done.get()) {
                        read(cache, random);
                    }
                    return null;
                }));
            }
            write(evictor, raw, new Random(seed - 1));
            done.set(true);
            for (var reader : readers) {
                reader.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
        }
        assertThat(reads.get()).as("reads checked").isGreaterThan(1000);
        // Every way to answer was taken, or the schedule is too tame to say anything.
        assertThat(statuses.keySet()).contains(CacheStatus.HIT, CacheStatus.MISS, CacheStatus.REFUSED);
    }

    private void write(Evictor evictor, RawRedis raw, Random random) throws InterruptedException {
        for (int i = 1; i <= WRITES; i++) {
            int row = random.nextInt(ROWS);
            long version = i;
            committed.put(row, version);
            pause(random);
            evictor.evict(List.of(Evictions.tag(OWNER, "row:" + row)));
            published.put(row, version);
            pause(random);
            switch (random.nextInt(100)) {
                case 0 -> {
                    raw.redis.flushall();
                    raw.promise("ctx", Contracts.ALL.fields());
                }
                case 1 -> raw.redis.del("ctx:{u1}:~fences");
                case 2 -> raw.redis.del("ctx:{u1}:~tag:row:" + row);
                case 3 -> raw.redis.scriptFlush();
                case 4 -> evictor.purge(List.of(), (fenceSets, keys) -> {});
                default -> {}
            }
        }
    }

    /** Reads the sum of two rows' worth: an entry with two tags. */
    private void read(FreshetCache cache, Random random) throws InterruptedException {
        int row = random.nextInt(ROWS);
        int second = random.nextInt(ROWS);
        long least = published.get(row);
        long leastSecond = published.get(second);
        CacheResult<String> result =
                cache.get(CacheView.json("pair", "own").key(row + "-" + second).in(OWNER), () -> {
                    long version = committed.get(row);
                    long versionSecond = committed.get(second);
                    pause(random);
                    return Loaded.of("[" + version + "," + versionSecond + "]", tags(row, second));
                });
        String json = result.value().orElseThrow();
        int comma = json.indexOf(',');
        long seen = Long.parseLong(json.substring(1, comma));
        long seenSecond = Long.parseLong(json.substring(comma + 1, json.length() - 1));
        assertThat(seen >= least && seenSecond >= leastSecond)
                .as(
                        "%s of rows %d and %d, published %d and %d, seed %d: %s",
                        json, row, second, least, leastSecond, seed, result)
                .isTrue();
        reads.incrementAndGet();
        statuses.computeIfAbsent(result.status(), status -> new AtomicLong()).incrementAndGet();
    }

    private static List<Tag> tags(int row, int second) {
        return List.of(new Tag("row:" + row), new Tag("row:" + second));
    }

    private static void pause(Random random) {
        if (random.nextInt(3) == 0) {
            LockSupport.parkNanos(random.nextInt(1_000_000));
        }
    }

    private FreshetCache cache() throws InterruptedException {
        return FreshetCache.builder()
                .redis(server.uri())
                .namespace("ctx")
                .commandTimeout(Duration.ofSeconds(30))
                .build();
    }
}
