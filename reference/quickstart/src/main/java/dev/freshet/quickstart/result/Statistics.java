// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart.result;

import dev.freshet.quickstart.console.Text;
import java.util.concurrent.atomic.AtomicLong;

/** The counters of the tour. Thread-safe. */
public final class Statistics {
    private final AtomicLong writes = new AtomicLong();
    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong stale = new AtomicLong();
    private final Latencies latencies = new Latencies();

    /** Counts a committed transaction. */
    public void wrote() {
        writes.incrementAndGet();
    }

    /** Counts a read that was compared with the evictions reported before it began. */
    public void checkedRead(boolean fresh) {
        reads.incrementAndGet();
        if (!fresh) {
            stale.incrementAndGet();
        }
    }

    public long checkedReads() {
        return reads.get();
    }

    public long staleReads() {
        return stale.get();
    }

    public Latencies latencies() {
        return latencies;
    }

    /**
     * The summary, in one line.
     *
     * @param most what goes before times that are upper bounds; else empty
     */
    public String summary(long evictions, String most) {
        var times = latencies.size() == 0
                ? "nothing measured"
                : "commit to evicted " + most + "p50 " + Text.time(latencies.percentile(50)) + ", p99 "
                        + Text.time(latencies.percentile(99));
        return Text.count(writes.get(), "write") + ", " + Text.count(evictions, "eviction") + ", "
                + Text.count(stale.get(), "stale read") + " of " + Text.count(reads.get()) + " checked; " + times;
    }
}
