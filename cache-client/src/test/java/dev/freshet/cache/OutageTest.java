// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.cache.view.CacheView;
import dev.freshet.cache.view.EntryKey;
import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.fault.FaultProxy;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A Redis of its own, stopped, killed and held up. */
class OutageTest {
    private static final EntryKey<String> KEY =
            CacheView.json("task", "own").key("42").ownedBy("u1");

    private final RedisServer server = RedisServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void readsGoOnWhileRedisIsDownAndTheCacheComesBack() throws Exception {
        Contracts.promise(server.uri());
        try (var cache = cache(Duration.ofSeconds(5))) {
            assertThat(read(cache)).isEqualTo(CacheStatus.MISS);
            assertThat(read(cache)).isEqualTo(CacheStatus.HIT);
            server.kill();
            await().atMost(PATIENCE).until(() -> !cache.isRedisAvailable());
            for (int i = 0; i < 100; i++) {
                assertThat(read(cache)).isEqualTo(CacheStatus.BYPASS);
            }
            server.resume();
            Contracts.promise(server.uri());
            await().atMost(PATIENCE).until(() -> read(cache) == CacheStatus.HIT);
        }
    }

    @Test
    void startsWhileRedisIsDownAndConnectsOnceItIsThere() throws Exception {
        server.stop();
        try (var cache = cache(Duration.ofSeconds(5))) {
            assertThat(read(cache)).isEqualTo(CacheStatus.BYPASS);
            server.resume();
            Contracts.promise(server.uri());
            await().atMost(PATIENCE).until(() -> read(cache) == CacheStatus.HIT);
        }
    }

    @Test
    void aRedisThatHangsCostsThreeTimeoutsAndIsNoticedWhenItIsBack() throws Exception {
        var meters = new SimpleMeterRegistry();
        try (var raw = new RawRedis(server.uri());
                var cache = builder(Duration.ofMillis(300))
                        .meters(meters)
                        .breakerPause(Duration.ofHours(1))
                        .build()) {
            // Every command of every client waits, but connections stand.
            raw.redis.clientPause(600_000);
            for (int i = 0; i < 3; i++) {
                assertThat(read(cache)).isEqualTo(CacheStatus.BYPASS);
            }
            long asked = meters.get("freshet.cache.redis")
                    .tag("operation", "begin")
                    .timer()
                    .count();
            for (int i = 0; i < 100; i++) {
                assertThat(read(cache)).isEqualTo(CacheStatus.BYPASS);
            }
            assertThat(meters.get("freshet.cache.redis")
                            .tag("operation", "begin")
                            .timer()
                            .count())
                    .isEqualTo(asked)
                    .isEqualTo(3);
            assertThat(cache.isRedisAvailable()).isFalse();
            // The reconnect closes the breaker long before its pause is over.
            server.restart();
            Contracts.promise(server.uri());
            await().atMost(PATIENCE).until(() -> read(cache) == CacheStatus.HIT);
        }
    }

    @Test
    void aConnectionThatStaysSilentIsReplaced() throws Exception {
        Contracts.promise(server.uri());
        try (var proxy = new FaultProxy(server.host(), server.port());
                var cache = FreshetCache.builder()
                        .redis("redis://" + proxy.address())
                        .namespace("ctx")
                        .commandTimeout(Duration.ofMillis(300))
                        .breakerPause(Duration.ofMillis(50))
                        .build()) {
            await().atMost(PATIENCE).until(() -> read(cache) == CacheStatus.HIT);
            // The peer is gone without a word: nothing is answered and nothing is closed.
            proxy.silence();
            assertThat(read(cache)).isEqualTo(CacheStatus.BYPASS);
            await().atMost(PATIENCE).until(() -> read(cache) == CacheStatus.HIT);
        }
    }

    private FreshetCacheBuilder builder(Duration timeout) {
        return FreshetCache.builder().redis(server.uri()).namespace("ctx").commandTimeout(timeout);
    }

    private FreshetCache cache(Duration timeout) throws InterruptedException {
        return builder(timeout).build();
    }

    private static CacheStatus read(FreshetCache cache) throws InterruptedException {
        var result = cache.get(KEY, () -> Loaded.of("1", Tags.of("task:42")));
        assertThat(result.value()).hasValue("1");
        return result.status();
    }
}
