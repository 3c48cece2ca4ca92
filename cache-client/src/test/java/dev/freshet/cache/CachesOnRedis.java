// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.junit.WithRedis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * Caches on a Redis in which there is nothing but what an invalidator promises. Each stands for a process: it shares nothing
 * with the others but Redis, and the meters. What a test opens is closed after it.
 */
@WithRedis
abstract class CachesOnRedis {
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final AtomicInteger loads = new AtomicInteger();
    final List<FreshetCache> caches = new ArrayList<>();
    final RedisServer server;
    final RawRedis raw;

    CachesOnRedis(RedisServer server) {
        this.server = server;
        this.raw = new RawRedis(server.uri());
    }

    @BeforeEach
    final void empty() {
        raw.redis.flushall();
        Contracts.promise(raw);
    }

    @AfterEach
    final void close() {
        caches.forEach(FreshetCache::close);
        raw.close();
    }

    /** Of a cache that waits long for Redis, as this machine may be busy. */
    final FreshetCacheBuilder builder() {
        return FreshetCache.builder()
                .redis(server.uri())
                .namespace("ctx")
                .commandTimeout(Duration.ofSeconds(30))
                .meters(meters);
    }

    final FreshetCache open(FreshetCacheBuilder builder) {
        var cache = builder.build();
        caches.add(cache);
        return cache;
    }

    /** The number of this load, as the value of {@code task:42}. */
    final Loaded<String> next() {
        return Loaded.of("" + loads.incrementAndGet(), Tags.of("task:42"));
    }
}
