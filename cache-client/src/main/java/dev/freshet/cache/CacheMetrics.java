// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import dev.freshet.cache.store.FillOutcome;
import dev.freshet.cache.warming.WarmingOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** The meters of one cache. Their tags never name keys or owners. */
final class CacheMetrics {
    private final Map<Level, Map<CacheStatus, Counter>> found = new EnumMap<>(Level.class);
    private final Map<Level, Map<CacheStatus, Counter>> absent = new EnumMap<>(Level.class);
    private final Map<WarmingOutcome, Counter> warming = new EnumMap<>(WarmingOutcome.class);
    private final Counter loadsRefused;
    private final Map<FillOutcome, Counter> refused = new EnumMap<>(FillOutcome.class);
    private final Counter shared;
    final Timer loaded;
    final Timer loadFailed;

    CacheMetrics(MeterRegistry registry) {
        for (var level : Level.values()) {
            found.put(level, reads(registry, level, "present"));
            absent.put(level, reads(registry, level, "absent"));
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
        loaded = load(registry, "loaded");
        loadFailed = load(registry, "failed");
    }

    private enum Level {
        EVENTUAL,
        BOUNDED,
        SESSION,
        STRONG;

        static Level of(Consistency consistency) {
            if (consistency instanceof Consistency.Bounded) {
                return BOUNDED;
            }
            if (consistency instanceof Consistency.Session) {
                return SESSION;
            }
            return consistency == Consistency.strong() ? STRONG : EVENTUAL;
        }
    }

    void read(CacheResult result, Consistency consistency) {
        (result.isPresent() ? found : absent)
                .get(Level.of(consistency))
                .get(result.status())
                .increment();
    }

    void warming(WarmingOutcome outcome) {
        warming.get(outcome).increment();
    }

    void loadRefused() {
        loadsRefused.increment();
    }

    void refused(FillOutcome fill) {
        refused.get(fill).increment();
    }

    void shared() {
        shared.increment();
    }

    private static Map<CacheStatus, Counter> reads(MeterRegistry registry, Level level, String value) {
        var counters = new EnumMap<CacheStatus, Counter>(CacheStatus.class);
        for (var status : CacheStatus.values()) {
            counters.put(
                    status,
                    Counter.builder("freshet.cache.reads")
                            .description("Number of reads, by consistency level, cache status and presence")
                            .tag("level", level.name().toLowerCase(Locale.ROOT))
                            .tag("status", status.toString())
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
