// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.cache.view.CacheView;
import dev.freshet.cache.view.EntryKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Redis is away all the time: every read is a load. */
class LoadLimitTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void oneLoadTooManyIsRefusedAndTheNextIsTaken() throws Exception {
        try (var cache = cache(1, Duration.ZERO)) {
            var result = cache.get(key(1), () -> {
                assertThatThrownBy(() -> cache.get(key(2), LoadLimitTest::value))
                        .isInstanceOf(TooManyLoadsException.class)
                        .hasMessageContaining("1 loads are under way")
                        .hasMessageContaining("within 0 ms");
                return value();
            });
            assertThat(result.status()).isEqualTo(CacheStatus.BYPASS);
            assertThat(meters.get("freshet.cache.loads.refused").counter().count())
                    .isEqualTo(1);
            assertThatThrownBy(() -> cache.get(key(3), () -> {
                        throw new IllegalStateException("failed");
                    }))
                    .hasMessage("failed");
            assertThat(cache.get(key(2), LoadLimitTest::value).value()).hasValue("1");
        }
    }

    @Test
    void aStormOnManyKeysLoadsNoMoreAtATimeThanAllowedAndAllAreAnswered() throws Exception {
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        var threads = Executors.newFixedThreadPool(32);
        try (var cache = cache(3, Duration.ofSeconds(60))) {
            var done = new CountDownLatch(320);
            for (int i = 0; i < 320; i++) {
                var key = key(i);
                threads.execute(() -> {
                    cache.get(key, () -> {
                        most.accumulateAndGet(now.incrementAndGet(), Math::max);
                        Thread.yield();
                        now.decrementAndGet();
                        return value();
                    });
                    done.countDown();
                });
            }
            assertThat(done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(most.get()).isBetween(1, 3);
        } finally {
            threads.shutdownNow();
        }
    }

    private FreshetCache cache(int loads, Duration patience) throws InterruptedException {
        return FreshetCache.builder()
                .redis("redis://127.0.0.1:1")
                .namespace("ctx")
                .maxLoads(loads, patience)
                .meters(meters)
                .build();
    }

    private static EntryKey<String> key(int id) {
        return CacheView.json("task", "own").key("" + id).ownedBy("u1");
    }

    private static Loaded<String> value() {
        return Loaded.of("1", Tags.of("task:1"));
    }
}
