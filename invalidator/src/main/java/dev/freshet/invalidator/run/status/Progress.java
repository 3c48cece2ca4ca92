// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.status;

import dev.freshet.protocol.Lsn;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;

/** How far the run has got. Thread-safe. */
public final class Progress {
    private volatile Point last;
    private volatile long lagBytes;
    private volatile Remapping remapping;
    private final WalBudget wal;

    /** @param nanoTime a monotonic clock */
    public Progress(LongSupplier nanoTime) {
        wal = new WalBudget(nanoTime);
    }

    /**
     * The last commit whose evictions Redis has accepted.
     *
     * @param lsn WAL position just past it
     * @param committedAt by the database's clock
     */
    public record Point(Lsn lsn, Instant committedAt) {}

    /**
     * The mapping was found to differ from the one that was used for evictions so far.
     *
     * @param differences what differs, each in a few words
     * @param at when everything that the difference made stale had been evicted
     */
    public record Remapping(List<String> differences, Instant at) {
        public Remapping {
            differences = List.copyOf(differences);
        }
    }

    void remapped(List<String> differences, Instant at) {
        remapping = new Remapping(differences, at);
    }

    /** Null if this process found none. */
    public Remapping remapping() {
        return remapping;
    }

    void reached(Lsn lsn, Instant committedAt) {
        last = new Point(lsn, committedAt);
    }

    void lagging(long bytes) {
        lagBytes = bytes;
    }

    /** WAL that PostgreSQL has written past the acknowledged position, in bytes, as of the last query. */
    public long lagBytes() {
        return lagBytes;
    }

    /** How much WAL may still be written. */
    public WalBudget wal() {
        return wal;
    }

    /** Null before the first commit. */
    public Point last() {
        return last;
    }
}
