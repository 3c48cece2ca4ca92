// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** The meters of one cache. No keys and no owners among the tags. */
final class CacheMetrics {
    private final Map<CacheStatus, Counter> found = new EnumMap<>(CacheStatus.class);
    private final Map<CacheStatus, Counter> absent = new EnumMap<>(CacheStatus.class);
    private final Map<Fill, Counter> refused = new EnumMap<>(Fill.class);
    private final Counter shared;
    final Timer loaded;
    final Timer loadFailed;
    final Timer begin;
    final Timer fill;

    CacheMetrics(MeterRegistry registry) {
        for (var status : CacheStatus.values()) {
            found.put(status, reads(registry, status, "present"));
            absent.put(status, reads(registry, status, "absent"));
        }
        for (var fill : Fill.values()) {
            if (fill != Fill.STORED) {
                refused.put(
                        fill,
                        Counter.builder("freshet.cache.fills.refused")
                                .description("Loaded values that were not stored")
                                .tag("reason", fill.toString())
                                .register(registry));
            }
        }
        shared = Counter.builder("freshet.cache.loads.shared")
                .description("Reads answered by the load of another read in this process")
                .register(registry);
        loaded = load(registry, "loaded");
        loadFailed = load(registry, "failed");
        begin = redis(registry, "begin");
        fill = redis(registry, "fill");
    }

    void read(CacheResult result) {
        (result.isPresent() ? found : absent).get(result.status()).increment();
    }

    void refused(Fill fill) {
        refused.get(fill).increment();
    }

    void shared() {
        shared.increment();
    }

    private static Counter reads(MeterRegistry registry, CacheStatus status, String value) {
        return Counter.builder("freshet.cache.reads")
                .description("Reads by how they were answered, and whether what was asked for exists")
                .tag("status", status.name().toLowerCase(Locale.ROOT))
                .tag("value", value)
                .register(registry);
    }

    private static Timer load(MeterRegistry registry, String outcome) {
        return Timer.builder("freshet.cache.load")
                .description("Time that loaders took")
                .tag("outcome", outcome)
                .register(registry);
    }

    private static Timer redis(MeterRegistry registry, String operation) {
        return Timer.builder("freshet.cache.redis")
                .description("Time that Redis took to answer, timeouts included")
                .tag("operation", operation)
                .register(registry);
    }
}
