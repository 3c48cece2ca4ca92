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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Asynchronous reads that wait for the loads of others need no thread: here is one for all loads. */
class AsyncWaitTest extends CachesOnRedis {
    private static final CacheView<String> TASK = CacheView.json("task", "own");
    private static final EntryKey<String> FREE = TASK.key("free").ownedBy("u1");
    private static final int READS = 20;

    private final ExecutorService one = Executors.newSingleThreadExecutor();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final FreshetCache cache;

    AsyncWaitTest(RedisServer server) {
        super(server);
        cache = open(builder().leases(Duration.ofMinutes(1)).executor(one));
    }

    @AfterEach
    void end() {
        one.shutdownNow();
        threads.shutdownNow();
    }

    @Test
    void forTheLoadOfAnotherProcess() throws Exception {
        var keys = new ArrayList<EntryKey<String>>();
        var waiting = new ArrayList<CompletableFuture<CacheResult<String>>>();
        for (int id = 0; id < READS; id++) {
            raw.redis.set("ctx:{u1}:~lease:task:" + id + ":own", "another");
            keys.add(TASK.key(id).ownedBy("u1"));
            waiting.add(cache.getAsync(keys.get(id), this::next));
        }
        var all = cache.getAllAsync(keys, this::all);
        await().atMost(PATIENCE)
                .until(() -> meters.get("freshet.cache.loads.awaited").counter().count() == READS + 1);
        assertThat(get(cache.getAsync(FREE, this::next)).status()).isEqualTo(CacheStatus.MISS);
        assertThat(waiting).noneMatch(CompletableFuture::isDone);
        assertThat(all).isNotDone();
        var another = open(builder());
        for (var key : keys) {
            another.get(key, () -> Loaded.of("\"another\"", Tags.of("task:42")));
        }
        for (var read : waiting) {
            assertThat(get(read).status()).isEqualTo(CacheStatus.HIT);
        }
        assertThat(get(all).values()).extracting(CacheResult::status).containsOnly(CacheStatus.HIT);
        assertThat(loads).hasValue(1);
    }

    @Test
    void forALoadOfThisProcess() throws Exception {
        var key = TASK.key("42").ownedBy("u1");
        var loading = new CountDownLatch(1);
        var gate = new CountDownLatch(1);
        var leading = threads.submit(() -> cache.get(key, () -> {
            loading.countDown();
            gate.await();
            return next();
        }));
        assertThat(loading.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        var waiting = new ArrayList<CompletableFuture<CacheResult<String>>>();
        for (int i = 0; i < READS; i++) {
            waiting.add(cache.getAsync(key, this::next));
        }
        var all = cache.getAllAsync(List.of(key), this::all);
        // It comes after them in the queue.
        get(cache.getAsync(FREE, () -> Loaded.of("\"free\"", Tags.of("task:42"))));
        gate.countDown();
        assertThat(leading.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).value()).hasValue("1");
        for (var read : waiting) {
            assertThat(get(read).value()).hasValue("1");
        }
        assertThat(get(all).get(key).value()).hasValue("1");
        assertThat(loads).hasValue(1);
    }

    private Map<EntryKey<String>, Loaded<String>> all(List<EntryKey<String>> keys) {
        var loaded = new HashMap<EntryKey<String>, Loaded<String>>();
        keys.forEach(key -> loaded.put(key, next()));
        return loaded;
    }

    private static <R> R get(CompletableFuture<R> read) throws Exception {
        return read.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
