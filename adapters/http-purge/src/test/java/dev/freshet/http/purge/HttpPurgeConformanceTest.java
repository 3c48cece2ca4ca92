// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.http.purge;

import dev.freshet.conformance.CacheConformance;
import dev.freshet.conformance.MemoryCache;
import dev.freshet.conformance.MemoryStore;
import dev.freshet.core.cache.Cache;
import dev.freshet.devservices.fault.HttpStub;
import dev.freshet.http.purge.provider.Endpoint;
import dev.freshet.http.purge.provider.PurgeKind;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Around a cache it is one, whatever it sends besides. */
class HttpPurgeConformanceTest extends CacheConformance {
    private final MemoryStore store = new MemoryStore();
    private HttpStub server;
    private HttpPurgeCache cache;
    private HttpPurgeCache other;

    @BeforeEach
    void start() throws IOException {
        server = new HttpStub();
        cache = around(new MemoryCache(store));
        other = around(new MemoryCache(store));
    }

    private HttpPurgeCache around(Cache inner) {
        var endpoint = Endpoint.of(PurgeKind.VARNISH, server.url(), null);
        return new HttpPurgeCache(inner, new HttpPurgeSettings(endpoint, 0), new SimpleMeterRegistry());
    }

    @AfterEach
    void stop() {
        other.close();
        cache.close();
        server.close();
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
        store.write(key);
    }

    @Override
    protected boolean has(String key) {
        return store.has(key);
    }
}
