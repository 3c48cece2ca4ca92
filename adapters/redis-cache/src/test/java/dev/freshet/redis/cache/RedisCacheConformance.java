// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache;

import dev.freshet.conformance.CacheConformance;
import dev.freshet.core.cache.Cache;
import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.protocol.CacheKeys;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** What every implementation of the cache port must do, on a real Redis of some topology. */
@WithRedis
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RedisCacheConformance extends CacheConformance {
    private final Servers servers;
    private RawRedis raw;
    private Evictor cache;
    private Evictor other;

    RedisCacheConformance(Servers servers) {
        this.servers = servers;
    }

    @BeforeEach
    void connect() {
        raw = new RawRedis(servers.uri());
        raw.redis.flushall();
        cache = evictor();
        other = evictor();
    }

    @AfterEach
    void disconnect() {
        other.close();
        cache.close();
        raw.close();
    }

    private Evictor evictor() {
        return new Evictor(
                new EvictorSettings(servers.uri(), new CacheKeys("ctx")), new SimpleMeterRegistry(), Patient.LIMITS);
    }

    @Override
    protected Cache cache() {
        return cache;
    }

    @Override
    protected Cache other() {
        return other;
    }

    @Override
    protected void write(String key) {
        raw.redis.set(key, "cached");
    }

    @Override
    protected boolean has(String key) {
        return raw.redis.exists(key) == 1;
    }
}
