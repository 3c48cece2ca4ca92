// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.visibility;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits until committed transactions are visible to every new snapshot on the primary. One question a batch, none if
 * all its transactions precede what was running at the last one. Not thread-safe.
 */
public final class VisibilityGate {
    private static final long FIRST_PAUSE_NANOS = 50_000;
    private static final long LONGEST_PAUSE_NANOS = 5_000_000;

    private final SnapshotSource source;
    private final Duration timeout;
    private Snapshot last;

    /** @param timeout how long to wait before failing: a synchronous standby can hold a commit invisible for long */
    public VisibilityGate(SnapshotSource source, Duration timeout) {
        this.source = source;
        this.timeout = timeout;
    }

    /**
     * Returns when all are visible.
     *
     * @throws NotVisibleException if that takes longer than the timeout, or the database cannot be asked. Nothing may
     *     be evicted then.
     */
    public void await(Collection<Long> txIds) throws InterruptedException {
        List<Long> pending = new ArrayList<>(txIds);
        if (last != null) {
            pending.removeIf(last::isBeforeAllRunning);
        }
        long deadline = System.nanoTime() + timeout.toNanos();
        long pause = FIRST_PAUSE_NANOS;
        while (!pending.isEmpty()) {
            Snapshot now = ask();
            last = now;
            pending.removeIf(now::sees);
            if (pending.isEmpty()) {
                return;
            }
            if (System.nanoTime() > deadline) {
                throw new NotVisibleException(
                        "transaction " + pending.get(0) + " has committed but is not visible after "
                                + timeout.toMillis() + " ms; is a synchronous standby not answering?");
            }
            LockSupport.parkNanos(pause);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            pause = Math.min(pause * 2, LONGEST_PAUSE_NANOS);
        }
    }

    private Snapshot ask() {
        try {
            return source.current();
        } catch (SQLException e) {
            throw new NotVisibleException("could not ask the database for a snapshot", e);
        }
    }
}
