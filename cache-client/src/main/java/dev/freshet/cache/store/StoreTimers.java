// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.store;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** How long Redis takes, by operation. */
record StoreTimers(Timer begin, Timer fill, Timer release, Timer drop, Timer invalidate, Timer position) {
    static StoreTimers in(MeterRegistry registry) {
        return new StoreTimers(
                timer(registry, "begin"),
                timer(registry, "fill"),
                timer(registry, "release"),
                timer(registry, "drop"),
                timer(registry, "invalidate"),
                timer(registry, "position"));
    }

    private static Timer timer(MeterRegistry registry, String operation) {
        return Timer.builder("freshet.cache.redis")
                .description("Response time of Redis, including timeouts")
                .tag("operation", operation)
                .register(registry);
    }
}
