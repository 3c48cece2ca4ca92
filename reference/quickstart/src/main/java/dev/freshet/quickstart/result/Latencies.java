// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart.result;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Measured times and their percentiles. Thread-safe. */
public final class Latencies {
    private final List<Duration> times = new ArrayList<>();

    public synchronized void add(Duration time) {
        times.add(time);
    }

    public synchronized int size() {
        return times.size();
    }

    /**
     * The nearest-rank percentile: the smallest measured time such that at least this percentage of all times is not
     * longer.
     *
     * @param percent above 0, up to 100
     * @throws IllegalStateException if nothing was measured
     */
    public synchronized Duration percentile(double percent) {
        if (percent <= 0 || percent > 100) {
            throw new IllegalArgumentException("percentile " + percent + ", expected above 0 and up to 100");
        }
        if (times.isEmpty()) {
            throw new IllegalStateException("nothing was measured");
        }
        var sorted = new ArrayList<>(times);
        Collections.sort(sorted);
        return sorted.get((int) Math.ceil(percent / 100 * sorted.size()) - 1);
    }
}
