// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.evict;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** The meters of eviction. No keys and no owners among the tags. */
final class EvictorMetrics {
    private final Counter asked;
    private final Counter entries;
    private final Counter keys;
    private final Counter retries;
    private final Timer batches;

    EvictorMetrics(MeterRegistry registry) {
        asked = counter(registry, "freshet.evict.asked", "Tags, keys and globs to evict, each once a batch");
        entries = counter(registry, "freshet.evict.entries", "Entries that were registered under tags and are gone");
        keys = counter(registry, "freshet.evict.keys", "Keys that were named and are gone");
        retries = counter(registry, "freshet.evict.retries", "Times that Redis did not take commands");
        batches = Timer.builder("freshet.evict.batch")
                .description("Time to evict a batch, waiting for Redis included")
                .register(registry);
    }

    void batch(EvictionReport report) {
        asked.increment(report.asked());
        entries.increment(report.entries());
        keys.increment(report.keys());
        batches.record(report.took());
    }

    void retried() {
        retries.increment();
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }
}
