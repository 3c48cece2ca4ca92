// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache;

import dev.freshet.core.cache.EvictionReport;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** The meters of eviction. Meter tags contain neither keys nor owners. */
final class EvictorMetrics {
    private final Counter asked;
    private final Counter entries;
    private final Counter keys;
    private final Counter absent;
    private final Counter retries;
    private final Timer batches;

    EvictorMetrics(MeterRegistry registry) {
        asked = counter(registry, "freshet.evict.asked", "Tags, keys and globs to evict, each counted once per batch");
        entries = counter(registry, "freshet.evict.entries", "Number of entries deleted by tag");
        keys = counter(registry, "freshet.evict.keys", "Number of keys deleted by name or pattern");
        absent = counter(registry, "freshet.evict.keys.absent", "Number of keys to delete by name that were not there");
        retries = counter(registry, "freshet.evict.retries", "Number of times Redis did not accept commands");
        batches = Timer.builder("freshet.evict.batch")
                .description("Time to evict a batch, including waits for Redis")
                .register(registry);
    }

    void batch(EvictionReport report) {
        asked.increment(report.asked());
        entries.increment(report.entries());
        keys.increment(report.keys());
        absent.increment(report.absent());
        batches.record(report.took());
    }

    void retried() {
        retries.increment();
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }
}
