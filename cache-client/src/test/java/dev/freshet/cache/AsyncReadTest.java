// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.cache.view.CacheView;
import dev.freshet.cache.view.Codec;
import dev.freshet.cache.view.EntryKey;
import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.junit.WithRedis;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads that keep no thread waiting. */
@WithRedis
class AsyncReadTest {
    private static final CacheView<String> TASK = CacheView.json("task", "own");
    private static final EntryKey<String> KEY = TASK.key(42).ownedBy("u1");
    private static final String ENTRY = "ctx:{u1}:task:42:own";

    private final AtomicInteger loads = new AtomicInteger();
    private final RawRedis raw;
    private final FreshetCache cache;
    private final String uri;

    AsyncReadTest(RedisServer server) {
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
    void loadsInAThreadOfTheCacheAndAnswersFromRedisThen() throws Exception {
        var loader = new AtomicReference<Thread>();
        var first = get(cache.getAsync(KEY, () -> {
            loader.set(Thread.currentThread());
            return value("1");
        }));
        assertThat(first.status()).isEqualTo(CacheStatus.MISS);
        assertThat(loader.get().getName()).isEqualTo("freshet-load");
        assertThat(loader.get().isDaemon()).isTrue();
        var second = get(cache.getAsync(KEY, () -> value("2")));
        assertThat(second.status()).isEqualTo(CacheStatus.HIT);
        assertThat(second.value()).hasValue("1");
    }

    @Test
    void theCallerDoesNotWaitForTheLoad() throws Exception {
        var gate = new CountDownLatch(1);
        var read = cache.getAsync(KEY, () -> {
            gate.await();
            return value("1");
        });
        assertThat(read).isNotDone();
        gate.countDown();
        assertThat(get(read).value()).hasValue("1");
    }

    @Test
    void loadersRunWhereOneSays() throws Exception {
        var tasks = new AtomicInteger();
        try (var own = builder()
                .executor(task -> {
                    tasks.incrementAndGet();
                    new Thread(task, "own").start();
                })
                .build()) {
            var name = new AtomicReference<String>();
            get(own.getAsync(KEY, () -> {
                name.set(Thread.currentThread().getName());
                return value("1");
            }));
            assertThat(name).hasValue("own");
            get(own.getAsync(KEY, () -> value("2")));
            get(own.getAllAsync(List.of(KEY), missing -> Map.of(KEY, value("3"))));
            assertThat(tasks).as("hits need no thread for loads").hasValue(1);
        }
    }

    /** The common pool is not for what waits for a database. */
    @Test
    void whatCannotBeReadIsLoadedInAThreadOfTheCache() throws Exception {
        CacheView<String> picky = CacheView.of("task", "own", new Codec<String>() {
            @Override
            public byte[] encode(String value) {
                return TEXT.encode(value);
            }

            @Override
            public String decode(byte[] json) {
                throw new IllegalStateException("written by another version");
            }
        });
        var key = picky.key(42).ownedBy("u1");
        var loader = new AtomicReference<Thread>();
        cache.get(KEY, () -> value("1"));
        var one = get(cache.getAsync(key, () -> {
            loader.set(Thread.currentThread());
            return value("2");
        }));
        assertThat(one.value()).hasValue("2");
        assertThat(loader.get().getName()).isEqualTo("freshet-load");
        loader.set(null);
        var all = get(cache.getAllAsync(List.of(key), missing -> {
            loader.set(Thread.currentThread());
            return Map.of(key, value("3"));
        }));
        assertThat(all.get(key).value()).hasValue("3");
        assertThat(loader.get().getName()).isEqualTo("freshet-load");
    }

    @Test
    void hitsDoNotQueueUpBehindLoads() throws Exception {
        cache.get(KEY, () -> value("1"));
        var gate = new CountDownLatch(1);
        var slow = new ArrayList<CompletableFuture<CacheResult<String>>>();
        for (int id = 0; id < 80; id++) {
            slow.add(cache.getAsync(TASK.key(1000 + id).ownedBy("u1"), () -> {
                gate.await();
                return value("slow");
            }));
        }
        assertThat(get(cache.getAsync(KEY, () -> value("2"))).status()).isEqualTo(CacheStatus.HIT);
        gate.countDown();
        for (var one : slow) {
            assertThat(get(one).value()).hasValue("slow");
        }
    }

    @Test
    void whatWentStaleWhileItWasLoadedIsNotStored() throws Exception {
        var result = get(cache.getAsync(KEY, () -> {
            fenceNow("task:42");
            return value("old");
        }));
        assertThat(result.status()).isEqualTo(CacheStatus.REFUSED);
        assertThat(raw.redis.exists(ENTRY)).isZero();
    }

    @Test
    void readsOfOneKeyShareOneLoad() throws Exception {
        var gate = new CountDownLatch(1);
        var reads = new ArrayList<CompletableFuture<CacheResult<String>>>();
        for (int i = 0; i < 20; i++) {
            reads.add(cache.getAsync(KEY, () -> {
                gate.await();
                return value("v" + loads.incrementAndGet());
            }));
        }
        gate.countDown();
        for (var read : reads) {
            assertThat(get(read).value()).hasValue("v1");
        }
        assertThat(loads).hasValue(1);
    }

    @Test
    void levelsHoldAsForOtherReads() throws Exception {
        get(cache.getAsync(KEY, () -> value("1")));
        raw.redis.hset("ctx:~position", "lsn", "0/5");
        assertThat(get(cache.at(session("0/5")).getAsync(KEY, () -> value("2"))).status())
                .isEqualTo(CacheStatus.HIT);
        var behind = get(cache.at(session("0/6")).getAsync(KEY, () -> value("3")));
        assertThat(behind.status()).isEqualTo(CacheStatus.BEHIND);
        assertThat(behind.value()).hasValue("3");
        assertThat(get(cache.at(Consistency.strong()).getAsync(KEY, () -> value("4")))
                        .status())
                .isEqualTo(CacheStatus.BYPASS);
    }

    @Test
    void whatTheLoaderThrowsIsTheCause() {
        var failure = new IOException("no database");
        var read = cache.getAsync(KEY, () -> {
            throw failure;
        });
        assertThatThrownBy(() -> get(read))
                .isInstanceOf(ExecutionException.class)
                .hasCause(failure);
        var all = cache.getAllAsync(List.of(KEY), missing -> {
            throw new IllegalStateException("broken");
        });
        assertThatThrownBy(() -> get(all)).hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void severalKeysAreLoadedAtOnce() throws Exception {
        var keys = List.of(KEY, TASK.key(43).ownedBy("u1"), TASK.key(44).ownedBy("u2"));
        var found = get(cache.getAllAsync(keys, missing -> {
            loads.incrementAndGet();
            var loaded = new HashMap<EntryKey<String>, Loaded<String>>();
            missing.forEach(key -> loaded.put(key, value(key.id().get(0))));
            return loaded;
        }));
        assertThat(found.keySet()).containsExactlyElementsOf(keys);
        assertThat(found.values()).extracting(CacheResult::status).containsOnly(CacheStatus.MISS);
        assertThat(loads).hasValue(1);
        assertThat(get(cache.getAsync(keys.get(2), () -> value("x"))).value()).hasValue("44");
    }

    @Test
    void withoutRedisTheLoaderAnswers() throws Exception {
        try (var alone = FreshetCache.builder()
                .redis("redis://127.0.0.1:1")
                .namespace("ctx")
                .build()) {
            assertThat(get(alone.getAsync(KEY, () -> value("1"))).status()).isEqualTo(CacheStatus.BYPASS);
            assertThat(get(alone.getAllAsync(List.of(KEY), missing -> Map.of(KEY, value("1"))))
                            .get(KEY)
                            .status())
                    .isEqualTo(CacheStatus.BYPASS);
        }
    }

    @Test
    void afterItWasClosedTheLoaderAnswers() throws Exception {
        cache.close();
        assertThat(get(cache.getAsync(KEY, () -> value("1"))).status()).isEqualTo(CacheStatus.BYPASS);
    }

    private static <R> R get(CompletableFuture<R> read) throws Exception {
        return read.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static Loaded<String> value(String text) {
        return Loaded.of(text, Tags.of("task:42"));
    }

    private void fenceNow(String tag) {
        double clock = raw.redis.zscore("ctx:{u1}:~fences", "~clock");
        raw.redis.zadd("ctx:{u1}:~fences", clock + 1, "~clock");
        raw.redis.zadd("ctx:{u1}:~fences", clock + 1, tag);
    }

    private static Consistency session(String position) {
        return Consistency.session(WalPosition.of(position));
    }
}
