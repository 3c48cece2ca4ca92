// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.gate;

import dev.freshet.core.source.SourceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Waits until committed transactions are visible to every new snapshot on the primary. A batch takes at least one
 * query, or none if all its transactions are older than any that was running at the last query. Not thread-safe.
 */
public final class VisibilityGate {
    private static final long FIRST_PAUSE_NANOS = 50_000;
    private static final long LONGEST_PAUSE_NANOS = 5_000_000;
    /**
     * How long a snapshot can tell old transactions from new ones. With 32 bits, an id that is 2^31 transactions newer
     * looks older; no server gets that far in a minute.
     */
    private static final long TRUSTED_NANOS = Duration.ofMinutes(1).toNanos();

    private final SnapshotSource source;
    private final Duration timeout;
    private final LongSupplier nanoTime;
    private Snapshot last;
    private long askedAt;
    /** Whether the source was asked for a snapshot since it last confirmed. */
    private boolean unconfirmed;

    /**
     * @param timeout how long to wait before failing; a synchronous standby can keep a commit invisible for a long time
     */
    public VisibilityGate(SnapshotSource source, Duration timeout) {
        this(source, timeout, System::nanoTime);
    }

    public VisibilityGate(SnapshotSource source, Duration timeout, LongSupplier nanoTime) {
        this.source = source;
        this.timeout = timeout;
        this.nanoTime = nanoTime;
    }

    /**
     * Waits until all transactions are visible.
     *
     * @throws NotVisibleException if that takes longer than the timeout, or the database cannot be queried. Nothing may
     *     be evicted then.
     */
    public void await(Collection<Long> txIds) throws InterruptedException {
        List<Long> pending = new ArrayList<>(txIds);
        if (last != null && nanoTime.getAsLong() - askedAt < TRUSTED_NANOS) {
            pending.removeIf(last::isBeforeAllRunning);
        }
        long deadline = nanoTime.getAsLong() + timeout.toNanos();
        long pause = FIRST_PAUSE_NANOS;
        while (!pending.isEmpty()) {
            askedAt = nanoTime.getAsLong();
            Snapshot now = ask();
            last = now;
            pending.removeIf(now::sees);
            if (pending.isEmpty()) {
                return;
            }
            if (nanoTime.getAsLong() - deadline > 0) {
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

    /**
     * Confirms that the stream lacks nothing that was committed before the transactions waited for. Must be called before
     * a position is published; eviction need not wait for it. Asks nothing if the source has confirmed since it was last
     * asked for a snapshot: that was after all these commits.
     *
     * @throws NotVisibleException if the database cannot be queried. Nothing may be published then.
     */
    public void confirmComplete() {
        if (!unconfirmed) {
            return;
        }
        try {
            source.confirmComplete();
        } catch (SourceException e) {
            throw new NotVisibleException("could not ask the database whether the stream is complete", e);
        }
        unconfirmed = false;
    }

    private Snapshot ask() {
        unconfirmed = true;
        try {
            return source.current();
        } catch (SourceException e) {
            throw new NotVisibleException("could not ask the database for a snapshot", e);
        }
    }
}
