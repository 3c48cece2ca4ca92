// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.load;

import dev.freshet.cache.store.FillOutcome;
import dev.freshet.cache.warming.WarmingOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The meters of one cache. Their tags never name keys or owners. */
public final class CacheMetrics {
    private static final List<String> LEVELS = List.of("eventual", "bounded", "session", "strong");

    /** By level, then by status. */
    private final Map<String, Map<String, Counter>> found = new HashMap<>();

    private final Map<String, Map<String, Counter>> absent = new HashMap<>();
    private final Map<WarmingOutcome, Counter> warming = new EnumMap<>(WarmingOutcome.class);
    private final Counter loadsRefused;
    private final Map<FillOutcome, Counter> refused = new EnumMap<>(FillOutcome.class);
    private final Counter shared;
    private final Counter awaited;
    private final Counter unreadable;
    private final AtomicLong unreadableSoFar = new AtomicLong();
    private final Timer loaded;
    private final Timer loadFailed;

    /** @param statuses all that a read can have */
    public CacheMetrics(MeterRegistry registry, List<String> statuses) {
        for (var level : LEVELS) {
            found.put(level, reads(registry, level, statuses, "present"));
            absent.put(level, reads(registry, level, statuses, "absent"));
        }
        for (var outcome : WarmingOutcome.values()) {
            warming.put(
                    outcome,
                    Counter.builder("freshet.cache.warming")
                            .description("Number of hot keys that changed, by outcome of the warming")
                            .tag("outcome", outcome.toString())
                            .register(registry));
        }
        loadsRefused = Counter.builder("freshet.cache.loads.refused")
                .description("Number of reads that failed because too many loads were running")
                .register(registry);
        for (var fill : FillOutcome.values()) {
            if (fill != FillOutcome.STORED) {
                refused.put(
                        fill,
                        Counter.builder("freshet.cache.fills.refused")
                                .description("Number of loaded values that were not stored")
                                .tag("reason", fill.toString())
                                .register(registry));
            }
        }
        shared = Counter.builder("freshet.cache.loads.shared")
                .description("Number of reads that shared the load of another read in this process")
                .register(registry);
        awaited = Counter.builder("freshet.cache.loads.awaited")
                .description("Number of reads that waited for the load of another process")
                .register(registry);
        unreadable = Counter.builder("freshet.cache.unreadable")
                .description("Number of cached values that could not be read, and were loaded instead")
                .register(registry);
        loaded = load(registry, "loaded");
        loadFailed = load(registry, "failed");
    }

    /**
     * A read ended.
     *
     * @param level {@code eventual}, {@code bounded}, {@code session} or {@code strong}
     */
    public void read(String level, String status, boolean present) {
        (present ? found : absent).get(level).get(status).increment();
    }

    /** A loader returned. */
    public void loaded(long nanos) {
        loaded.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** A loader failed. */
    public void loadFailed(long nanos) {
        loadFailed.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** A cached value could not be read. Returns how many there were, with this one. */
    public long unreadable() {
        unreadable.increment();
        return unreadableSoFar.incrementAndGet();
    }

    public void warming(WarmingOutcome outcome) {
        warming.get(outcome).increment();
    }

    public void loadRefused() {
        loadsRefused.increment();
    }

    void refused(FillOutcome fill) {
        refused.get(fill).increment();
    }

    public void shared() {
        shared.increment();
    }

    /** A read waits for the load of another process. */
    public void awaited() {
        awaited.increment();
    }

    private static Map<String, Counter> reads(
            MeterRegistry registry, String level, List<String> statuses, String value) {
        var counters = new HashMap<String, Counter>();
        for (var status : statuses) {
            counters.put(
                    status,
                    Counter.builder("freshet.cache.reads")
                            .description("Number of reads, by consistency level, cache status and presence")
                            .tag("level", level)
                            .tag("status", status)
                            .tag("value", value)
                            .register(registry));
        }
        return counters;
    }

    private static Timer load(MeterRegistry registry, String outcome) {
        return Timer.builder("freshet.cache.load")
                .description("Time spent in loaders")
                .tag("outcome", outcome)
                .register(registry);
    }
}
