// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart;

import java.util.concurrent.atomic.AtomicLong;

/** The counters of the tour. Thread-safe. */
final class Tally {
    private final AtomicLong writes = new AtomicLong();
    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong stale = new AtomicLong();
    private final Latencies latencies = new Latencies();

    /** Counts a committed transaction. */
    void wrote() {
        writes.incrementAndGet();
    }

    /** Counts a read that was compared with the evictions reported before it began. */
    void checkedRead(boolean fresh) {
        reads.incrementAndGet();
        if (!fresh) {
            stale.incrementAndGet();
        }
    }

    long checkedReads() {
        return reads.get();
    }

    long staleReads() {
        return stale.get();
    }

    Latencies latencies() {
        return latencies;
    }

    /** The summary, in one line. */
    String summary(long evictions) {
        var times = latencies.size() == 0
                ? "nothing measured"
                : "commit to evicted p50 " + Text.time(latencies.percentile(50)) + ", p99 "
                        + Text.time(latencies.percentile(99));
        return Text.count(writes.get(), "write") + ", " + Text.count(evictions, "eviction") + ", "
                + Text.count(stale.get(), "stale read") + " of " + Text.count(reads.get()) + " checked; " + times;
    }
}
