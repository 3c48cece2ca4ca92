// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import java.time.Instant;

/** How far the run is. Thread-safe. */
public final class Progress {
    private volatile Point last;
    private volatile long lagBytes;

    /**
     * The last commit whose evictions Redis has accepted.
     *
     * @param lsn WAL position behind it
     * @param committedAt by the database's clock
     */
    public record Point(long lsn, Instant committedAt) {}

    void reached(long lsn, Instant committedAt) {
        last = new Point(lsn, committedAt);
    }

    void lagging(long bytes) {
        lagBytes = bytes;
    }

    /** WAL that PostgreSQL has written since what was acknowledged, in bytes, as it was asked last. */
    public long lagBytes() {
        return lagBytes;
    }

    /** Null before the first. */
    public Point last() {
        return last;
    }
}
