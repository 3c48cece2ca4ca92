// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.drain;

import dev.freshet.lab.bench.process.ProcessUsage;
import java.time.Duration;

/** What it took to work off a backlog, from the last moment before the first eviction to the last eviction. */
record Drained(double seconds, double rowsPerSecond, double cpuSecondsPerMillionRows, double peakResidentMiB) {

    static Drained of(long rows, Duration time, ProcessUsage atBegin, ProcessUsage atEnd) {
        double seconds = time.toNanos() / 1e9;
        return new Drained(
                seconds,
                rows / seconds,
                (atEnd.cpuSeconds() - atBegin.cpuSeconds()) * 1e6 / rows,
                atEnd.peakResidentMiB());
    }
}
