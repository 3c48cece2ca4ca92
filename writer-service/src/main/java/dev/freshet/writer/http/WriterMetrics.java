// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** The writer's own counters, beside those of requests and latencies. */
public final class WriterMetrics {
    private final Counter commits;
    private final Counter conflicts;
    private final Counter retries;
    private final Counter replays;
    private final Counter events;

    public WriterMetrics(MeterRegistry registry) {
        commits = counter(registry, "freshet.writer.commits", "Number of committed transactions of write requests");
        conflicts = counter(registry, "freshet.writer.conflicts", "Number of writes refused due to a version conflict");
        retries = counter(registry, "freshet.writer.retries", "Number of transactions retried due to concurrent ones");
        replays = counter(registry, "freshet.writer.replays", "Number of requests answered with a stored answer");
        events = counter(registry, "freshet.writer.events", "Number of events appended by commands, without cascades");
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    void committed(int appended) {
        commits.increment();
        events.increment(appended);
    }

    void conflict() {
        conflicts.increment();
    }

    void replayed() {
        replays.increment();
    }

    /** Counts a transaction that is about to be retried. */
    public void retried() {
        retries.increment();
    }
}
