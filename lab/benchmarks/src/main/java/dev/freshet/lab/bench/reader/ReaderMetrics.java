// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.reader;

import dev.freshet.lab.bench.result.Metric;
import java.util.List;

/** What {@link ReaderBench} reports. */
final class ReaderMetrics {
    static final Metric READS = new Metric("readsPerSecond", "reads/s", 0, true);
    static final Metric P50 = new Metric("p50Micros", "p50 µs", 1, false);
    static final Metric P99 = new Metric("p99Micros", "p99 µs", 1, false);
    static final Metric REDIS = new Metric("redisCpuMicrosPerRead", "Redis µs", 1, true);
    /** CPU of this process, which reads. */
    static final Metric CLIENT = new Metric("clientCpuMicrosPerRead", "client µs", 1, true);
    /** How often the key was loaded, of a stampede. */
    static final Metric LOADS = new Metric("loads", "loads", 0, false);
    /** Until all readers of a stampede have the value. */
    static final Metric ALL_ANSWERED = new Metric("allAnsweredMillis", "all answered ms", 1, false);

    static final List<Metric> ALL = List.of(READS, P50, P99, REDIS, CLIENT, LOADS, ALL_ANSWERED);

    private ReaderMetrics() {}
}
