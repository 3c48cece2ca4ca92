// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache;

import dev.freshet.cache.FreshetCache;
import dev.freshet.cache.FreshetCacheBuilder;
import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.protocol.CacheKeys;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** A reader's cache and an evictor on a Redis of some topology, which each test finds empty. */
@WithRedis
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OnServers {
    final Servers servers;
    RawRedis raw;
    FreshetCache cache;
    Evictor evictor;

    OnServers(Servers servers) {
        this.servers = servers;
    }

    @BeforeAll
    void connect() throws InterruptedException {
        raw = new RawRedis(servers.uri());
        cache = cacheBuilder().build();
        evictor = new Evictor(
                new EvictorSettings(servers.uri(), new CacheKeys("ctx")), new SimpleMeterRegistry(), Patient.LIMITS);
    }

    @AfterAll
    void disconnect() {
        evictor.close();
        cache.close();
        raw.close();
    }

    @BeforeEach
    void empty() {
        raw.redis.flushall();
        raw.promise("ctx", Contracts.ALL.fields());
    }

    final FreshetCacheBuilder cacheBuilder() {
        return FreshetCache.builder().redis(servers.uri()).namespace("ctx").commandTimeout(Duration.ofSeconds(30));
    }
}
