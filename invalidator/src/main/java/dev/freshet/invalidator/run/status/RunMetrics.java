// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.status;

import dev.freshet.core.pipeline.Gap;
import dev.freshet.core.plan.Eviction;
import dev.freshet.core.plan.Reason;
import dev.freshet.core.stream.Operation;
import dev.freshet.core.stream.RowChange;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Meters of the run. Label values come from fixed sets and are never keys, owners or ids. */
public final class RunMetrics {
    private static final Duration[] BUCKETS = {
        Duration.ofNanos(500_000),
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(3),
        Duration.ofMillis(5),
        Duration.ofMillis(7),
        Duration.ofMillis(10),
        Duration.ofMillis(15),
        Duration.ofMillis(20),
        Duration.ofMillis(30),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofMillis(2_500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1)
    };

    private final MeterRegistry registry;
    private final Map<Operation, Counter> changes = new EnumMap<>(Operation.class);
    private final Map<Eviction.Kind, Map<Reason, Counter>> evictions = new EnumMap<>(Eviction.Kind.class);
    private final Counter transactions;
    private final Counter restarts;
    private final Map<Gap.Kind, Counter> purges = new EnumMap<>(Gap.Kind.class);
    private final Counter failovers;
    private final Counter stalls;
    private final Counter unreadable;
    private final DistributionSummary batch;
    private final Timer latency;
    private final Timer visibility;

    public RunMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (Operation operation : Operation.values()) {
            changes.put(
                    operation, counter("changes", "Row changes read from the WAL.", "operation", operation.toString()));
        }
        for (Eviction.Kind kind : Eviction.Kind.values()) {
            evictions.put(kind, new EnumMap<>(Reason.class));
        }
        transactions = counter("transactions", "Number of transactions whose evictions Redis has accepted.");
        restarts = counter("restarts", "Number of times the stream was reopened after a failure.");
        for (Gap.Kind kind : Gap.Kind.values()) {
            purges.put(
                    kind,
                    counter(
                            "purges",
                            "Number of times the namespace was purged because changes may have been missed.",
                            "reason",
                            kind.toString()));
        }
        failovers = counter("failovers", "Number of Redis failovers.");
        stalls = counter("stalls", "Number of times the stream was reopened because it was silent.");
        unreadable =
                counter("unreadable", "Number of times the namespace was purged because changes could not be read.");
        batch = DistributionSummary.builder("freshet.invalidator.batch.rows")
                .description("Number of row changes per batch.")
                .serviceLevelObjectives(1, 2, 5, 10, 50, 100, 500, 1000, 2000, 4000)
                .register(registry);
        latency = timer("commit.to.evicted", "Time from the commit until Redis accepted the evictions.");
        visibility = timer("visibility.wait", "Time spent waiting for commits to be visible to new snapshots.");
    }

    private Counter counter(String name, String description, String... tags) {
        return Counter.builder("freshet.invalidator." + name)
                .description(description)
                .tags(tags)
                .register(registry);
    }

    private Timer timer(String name, String description) {
        return Timer.builder("freshet.invalidator." + name)
                .description(description)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    /** Counts rows that follow each other with one operation at once: often that is all of them. */
    void captured(List<RowChange> rows) {
        int first = 0;
        for (int i = 1; i <= rows.size(); i++) {
            Operation operation = rows.get(first).operation();
            if (i == rows.size() || rows.get(i).operation() != operation) {
                changes.get(operation).increment(i - first);
                first = i;
            }
        }
    }

    void planned(Eviction eviction) {
        Map<Reason, Counter> ofKind = evictions.get(eviction.kind());
        Counter counter = ofKind.get(eviction.reason());
        if (counter == null) {
            counter = evictions(eviction.kind(), eviction.reason());
            ofKind.put(eviction.reason(), counter);
        }
        counter.increment();
    }

    private Counter evictions(Eviction.Kind kind, Reason reason) {
        return counter(
                "evictions",
                "Number of keys and tags found stale.",
                "kind",
                kind.toString(),
                "reason",
                reason.toString());
    }

    void batch(int rows) {
        batch.record(rows);
    }

    void accepted(RecentTransaction transaction) {
        transactions.increment();
        latency.record(transaction.commitToEvicted());
    }

    void waitedForVisibility(Duration time) {
        visibility.record(time);
    }

    void restarted() {
        restarts.increment();
    }

    void purged(Gap.Kind kind) {
        purges.get(kind).increment();
    }

    void failedOver() {
        failovers.increment();
    }

    void skipped() {
        unreadable.increment();
    }

    void stalled() {
        stalls.increment();
    }
}
