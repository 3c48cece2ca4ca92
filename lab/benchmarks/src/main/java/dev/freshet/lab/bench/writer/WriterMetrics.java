// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.writer;

import dev.freshet.lab.bench.result.Metric;
import java.util.List;

/** What {@link WriterBench} reports. */
final class WriterMetrics {
    static final Metric WRITES = new Metric("writesPerSecond", "writes/s", 0, true);
    static final Metric P50 = new Metric("p50Millis", "p50 ms", 2, true);
    static final Metric P99 = new Metric("p99Millis", "p99 ms", 2, false);
    /** CPU of all of PostgreSQL's processes. Not there if PostgreSQL runs where its processes cannot be seen. */
    static final Metric POSTGRES = new Metric("postgresCpuMicrosPerWrite", "PostgreSQL µs", 0, true);

    static final Metric WRITER = new Metric("writerCpuMicrosPerWrite", "writer µs", 0, false);
    static final Metric INVALIDATOR = new Metric("invalidatorCpuMicrosPerWrite", "invalidator µs", 0, false);

    static final List<Metric> ALL = List.of(WRITES, P50, P99, POSTGRES, WRITER, INVALIDATOR);

    private WriterMetrics() {}
}
