// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.status;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Whether an operator wants evictions to pause. It ends by itself after a while, as PostgreSQL keeps all WAL meanwhile,
 * and with the process: one that is started anew does not pause. Thread-safe.
 */
public final class Pause {
    private final LongSupplier nanoTime;
    private boolean wanted;
    private long end;

    public Pause(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Pauses for so long from now on, at most; also if it pauses already. */
    public synchronized void begin(Duration atMost) {
        wanted = true;
        end = nanoTime.getAsLong() + atMost.toNanos();
    }

    /** Goes on. */
    public synchronized void end() {
        wanted = false;
    }

    public boolean isWanted() {
        return left().isPresent();
    }

    /** Until it ends by itself; empty if no pause is wanted. */
    public synchronized Optional<Duration> left() {
        long nanos = end - nanoTime.getAsLong();
        return wanted && nanos > 0 ? Optional.of(Duration.ofNanos(nanos)) : Optional.empty();
    }
}
