// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring.actuate;

import dev.freshet.cache.FreshetCache;
import dev.freshet.spring.read.CachedMethods;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is known of the cache of this process, without row values and secrets. */
public final class FreshetReport {
    /** The state of a cache that does not answer: reads are slower, and not wrong. */
    public static final String DEGRADED = "DEGRADED";

    private final FreshetCache cache;
    private final CachedMethods methods;
    private final Map<String, Object> settings;
    private final MeterRegistry meters;

    /**
     * @param settings to show
     * @param meters null if there are none
     */
    public FreshetReport(
            FreshetCache cache, CachedMethods methods, Map<String, Object> settings, MeterRegistry meters) {
        this.cache = cache;
        this.methods = methods;
        this.settings = settings;
        this.meters = meters;
    }

    /** How the cache is. Asks Redis once. */
    public State state() {
        var published = cache.isRedisAvailable() ? cache.published() : Optional.<FreshetCache.Published>empty();
        var details = new LinkedHashMap<String, Object>();
        published.flatMap(FreshetCache.Published::position).ifPresent(at -> details.put("position", at.toString()));
        published.flatMap(FreshetCache.Published::updatedAt).ifPresent(at -> details.put("updatedAt", at.toString()));
        var problem = published
                .map(this::problem)
                .orElseGet(() -> Optional.of("Redis does not answer; the database answers instead"));
        problem.ifPresent(text -> details.put("problem", text));
        return new State(problem, details);
    }

    /**
     * How the cache is.
     *
     * @param problem why values do not come from it; empty if they do
     * @param details for people to read
     */
    public record State(Optional<String> problem, Map<String, Object> details) {}

    private Optional<String> problem(FreshetCache.Published published) {
        if (published.contract().isEmpty()) {
            return Optional.of(
                    "no invalidator publishes in the namespace; start `freshet invalidator run` on this Redis");
        }
        if (published.position().isEmpty()) {
            return Optional.of("the invalidator works on a gap, and publishes no position");
        }
        return cache.uncached();
    }

    Map<String, Object> all() {
        var report = new LinkedHashMap<String, Object>(state().details());
        report.put("settings", settings);
        report.put("contract", contract());
        report.put("methods", methods.described());
        report.put("reads", reads());
        return report;
    }

    private Map<String, Object> contract() {
        var contract = new LinkedHashMap<String, Object>();
        cache.published().flatMap(FreshetCache.Published::contract).ifPresent(found -> {
            contract.put("owner", found.owner());
            contract.put("mapping", found.mapping());
            contract.put("covers", found.coverage().kinds());
            contract.put("coversOwned", found.coverage().owned());
        });
        return contract;
    }

    /** By level and status, those that there were. */
    private Map<String, Long> reads() {
        var counts = new TreeMap<String, Long>();
        if (meters != null) {
            meters.find("freshet.cache.reads").counters().forEach(counter -> {
                long count = (long) counter.count();
                if (count > 0) {
                    var id = counter.getId();
                    counts.merge(id.getTag("level") + " " + id.getTag("status"), count, Long::sum);
                }
            });
        }
        return counts;
    }
}
