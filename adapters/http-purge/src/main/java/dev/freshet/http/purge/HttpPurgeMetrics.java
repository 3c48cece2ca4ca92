// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.http.purge;

import dev.freshet.http.purge.provider.Purge;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.Supplier;

/** The meters of HTTP purge. Meter tags contain neither keys nor addresses. */
final class HttpPurgeMetrics {
    private final MeterRegistry registry;
    private final Timer requests;
    private final Counter failures;
    private final Counter keys;
    private final Counter everything;
    private final Counter skipped;

    HttpPurgeMetrics(MeterRegistry registry) {
        this.registry = registry;
        requests = Timer.builder("freshet.http.purge.requests")
                .description("Requests sent to the HTTP cache, with the time until the answer")
                .register(registry);
        failures = counter("failures", "Requests that the HTTP cache did not accept");
        keys = counter("keys", "Surrogate keys that the HTTP cache accepted");
        everything = counter("everything", "Purges of everything that the HTTP cache accepted");
        skipped = counter("skipped", "Keys that were not sent, as they are too long to be surrogate keys");
    }

    private Counter counter(String name, String description) {
        return Counter.builder("freshet.http.purge." + name)
                .description(description)
                .register(registry);
    }

    /** Shows a number whenever it is asked for. */
    void show(String name, String description, Supplier<Number> number) {
        Gauge.builder("freshet.http.purge." + name, number)
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    void answered(Duration took) {
        requests.record(took);
    }

    void failed() {
        failures.increment();
    }

    void accepted(Purge purge) {
        keys.increment(purge.keys().size());
        if (purge.isEverything()) {
            everything.increment();
        }
    }

    void skipped() {
        skipped.increment();
    }
}
