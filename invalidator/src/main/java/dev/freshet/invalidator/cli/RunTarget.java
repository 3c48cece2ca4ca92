// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli;

import dev.freshet.core.cache.Cache;
import dev.freshet.http.purge.HttpPurgeCache;
import dev.freshet.http.purge.HttpPurgeSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;

/** Where a run evicts: in Redis, and in an HTTP cache if one is named. */
final class RunTarget implements AutoCloseable {
    private final Cache redis;
    private final Optional<HttpPurgeCache> withHttp;

    /** @param redis stays the caller's to close */
    RunTarget(Cache redis, Optional<HttpPurgeSettings> http, MeterRegistry registry) {
        this.redis = redis;
        this.withHttp = http.map(settings -> new HttpPurgeCache(redis, settings, registry));
    }

    Cache cache() {
        return withHttp.isPresent() ? withHttp.get() : redis;
    }

    @Override
    public void close() {
        withHttp.ifPresent(HttpPurgeCache::close);
    }
}
