// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.latency;

import dev.freshet.lab.bench.result.Metric;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** What commits at a rate show of a subject. */
public final class LatencyMetrics {
    static final Metric P50 = new Metric("p50Millis", "p50 ms", 2, true);
    static final Metric P90 = new Metric("p90Millis", "p90 ms", 2, false);
    static final Metric P99 = new Metric("p99Millis", "p99 ms", 2, true);
    static final Metric P999 = new Metric("p999Millis", "p99.9 ms", 2, false);
    /** Fewer than asked for: the machine is too slow for this load, or too many keys were on their way. */
    static final Metric COMMITS = new Metric("commitsPerSecond", "commits/s", 0, false, true);
    /** From the last commit until every key was gone. */
    static final Metric LAG = new Metric("lagAtEndMillis", "lag ms", 0, false);
    /** Of one core. */
    static final Metric CPU = new Metric("cpuPercent", "CPU %", 1, true);

    public static final List<Metric> ALL = List.of(P50, P90, P99, P999, COMMITS, LAG, CPU);

    private LatencyMetrics() {}

    /**
     * @param latencies in microseconds
     * @param commits a second
     * @param lag in milliseconds
     * @param cpu in percent of a core
     */
    static Map<String, Double> of(Histogram latencies, double commits, double lag, double cpu) {
        var values = new LinkedHashMap<String, Double>();
        values.put(P50.name(), millis(latencies, 50));
        values.put(P90.name(), millis(latencies, 90));
        values.put(P99.name(), millis(latencies, 99));
        values.put(P999.name(), millis(latencies, 99.9));
        values.put(COMMITS.name(), commits);
        values.put(LAG.name(), lag);
        values.put(CPU.name(), cpu);
        return values;
    }

    private static double millis(Histogram latencies, double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1000.0;
    }
}
