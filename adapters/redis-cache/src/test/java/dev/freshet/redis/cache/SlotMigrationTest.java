// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.cache.CacheResult;
import dev.freshet.cache.CacheStatus;
import dev.freshet.cache.Consistency;
import dev.freshet.cache.FreshetCache;
import dev.freshet.cache.Loaded;
import dev.freshet.cache.WalPosition;
import dev.freshet.cache.view.CacheView;
import dev.freshet.cache.view.EntryKey;
import dev.freshet.core.cache.Position;
import dev.freshet.devservices.RedisCluster;
import dev.freshet.devservices.RedisNode;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Lsn;
import dev.freshet.protocol.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An owner's slot is moved to and fro between masters, key by key, while its entries are read, filled and evicted. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class SlotMigrationTest extends OnServers {
    private static final int MOVES = 6;
    private static final int READS_BETWEEN = 15;
    private static final Position.Origin ORIGIN = new Position.Origin("7", 1, "app", "s", "p", 1);
    private static final Isolate OWNER = Isolate.of("u1");
    private static final EntryKey<String> KEY =
            CacheView.json("task", "own").key("1").in(OWNER);

    private final RedisCluster cluster;
    private final AtomicInteger truth = new AtomicInteger();
    private final AtomicInteger evicted = new AtomicInteger();
    private final AtomicInteger published = new AtomicInteger();
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();

    SlotMigrationTest(RedisCluster redis) {
        super(Servers.of(redis));
        this.cluster = redis;
    }

    @Test
    void nothingThatWasEvictedIsReadWhileASlotIsMoved() throws Exception {
        var threads = Executors.newCachedThreadPool();
        try (var near = cacheBuilder()
                .commandTimeout(Duration.ofSeconds(5))
                .nearCache(1 << 20)
                .build()) {
            var work = new ArrayList<Future<?>>();
            var hit = new CountDownLatch(1);
            var fromMemory = new CountDownLatch(1);
            work.add(threads.submit((Callable<Void>) this::change));
            work.add(threads.submit(
                    () -> readAll(cache, evicted, known -> Consistency.eventual(), CacheStatus.HIT, hit)));
            work.add(threads.submit(() -> readAll(
                    near,
                    published,
                    known -> Consistency.session(WalPosition.of("0/" + Integer.toHexString(known))),
                    CacheStatus.NEAR,
                    fromMemory)));
            await().atMost(PATIENCE).until(() -> {
                assertThat(work).noneMatch(Future::isDone);
                return hit.getCount() + fromMemory.getCount() == 0;
            });
            moveToAndFro(work);
            over.set(true);
            for (var one : work) {
                one.get();
            }
            for (var reader : List.of(cache, near)) {
                await().atMost(PATIENCE).until(() -> {
                    var result = read(reader, Consistency.eventual());
                    assertThat(result.value()).hasValue("" + truth.get());
                    return result.status() == (reader == near ? CacheStatus.NEAR : CacheStatus.HIT);
                });
            }
        } finally {
            over.set(true);
            threads.shutdownNow();
        }
    }

    /** Commits, evicts and publishes. */
    private Void change() throws InterruptedException {
        for (int n = 1; !over.get(); n++) {
            truth.set(n);
            evictor.evict(List.of(Evictions.tag(OWNER, "task:1")));
            evicted.set(n);
            var masters = evictor.masters();
            if (evictor.publish(
                    new Position(ORIGIN, Contracts.ALL, new Lsn(n), Instant.EPOCH, Instant.EPOCH), masters, null)) {
                published.set(n);
            }
            int before = reads.get();
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> over.get() || reads.get() > before + READS_BETWEEN);
        }
        return null;
    }

    private interface Level {
        Consistency of(int known);
    }

    /**
     * @param known what a read that begins now has to show
     * @param seen counted down by each answer with that status
     */
    private Void readAll(FreshetCache reader, AtomicInteger known, Level level, CacheStatus status, CountDownLatch seen)
            throws Exception {
        while (!over.get()) {
            int least = known.get();
            var result = read(reader, level.of(least));
            assertThat(Integer.parseInt(result.value().orElseThrow()))
                    .as("%s", result.status())
                    .isGreaterThanOrEqualTo(least);
            if (result.status() == status) {
                seen.countDown();
            }
            reads.incrementAndGet();
        }
        return null;
    }

    private CacheResult<String> read(FreshetCache reader, Consistency level) throws InterruptedException {
        return reader.at(level)
                .get(KEY, () -> Loaded.of("" + truth.get(), List.of(new Tag("task:1"), new Tag("task:2"))));
    }

    private void moveToAndFro(List<Future<?>> work) {
        var random = new Random(1);
        RedisNode other = cluster.masters().stream()
                .filter(node -> node != cluster.masterOf("{u1}"))
                .findFirst()
                .orElseThrow();
        for (int i = 0; i < MOVES; i++) {
            var from = cluster.masterOf("{u1}");
            awaitReads(work);
            var move = cluster.move("{u1}", other);
            awaitReads(work);
            var keys = new ArrayList<>(move.left());
            Collections.shuffle(keys, random);
            for (var key : keys) {
                move.move(key);
                awaitReads(work);
            }
            move.finish();
            awaitReads(work);
            other = from;
        }
    }

    private void awaitReads(List<Future<?>> work) {
        int before = reads.get();
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> work.stream().anyMatch(Future::isDone) || reads.get() > before + READS_BETWEEN);
        assertThat(work).noneMatch(Future::isDone);
    }
}
