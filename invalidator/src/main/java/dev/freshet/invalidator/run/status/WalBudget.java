// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.status;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * How much WAL may still be written before PostgreSQL may give up the slot, and how long that takes at the rate of the
 * last minutes. Unknown while the slot was not looked at for a minute: this instance does not stream then. Thread-safe.
 */
public final class WalBudget {
    private static final long REMEMBERED = Duration.ofMinutes(5).toNanos();
    private static final long CURRENT = Duration.ofMinutes(1).toNanos();
    /** Not each look is remembered: they come more often with a shorter heartbeat. */
    private static final long APART = Duration.ofSeconds(5).toNanos();

    private final LongSupplier nanoTime;
    private final Deque<Look> looks = new ArrayDeque<>();
    private Look last;

    private record Look(long at, long walEnd, OptionalLong safeBytes) {}

    WalBudget(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * The slot was looked at.
     *
     * @param safeBytes empty if there is no limit
     * @param walEnd the end of the WAL, in bytes
     */
    synchronized void seen(OptionalLong safeBytes, long walEnd) {
        long now = nanoTime.getAsLong();
        if (last != null && (now - last.at > CURRENT || walEnd < last.walEnd)) {
            looks.clear(); // it stopped streaming for a while, or this is another server
        }
        last = new Look(now, walEnd, safeBytes);
        if (looks.isEmpty() || now - looks.peekLast().at >= APART) {
            looks.addLast(last);
        }
        while (now - looks.peekFirst().at > REMEMBERED) {
            looks.removeFirst();
        }
    }

    /** In bytes; positive infinity if no limit is set, NaN if unknown. */
    public synchronized double safeBytes() {
        return isCurrent() ? safe() : Double.NaN;
    }

    /**
     * In seconds, at the rate at which WAL was written in the last five minutes, if nothing is acknowledged any more.
     * Positive infinity if no limit is set, or nothing is written; NaN if unknown.
     */
    public synchronized double secondsUntilFull() {
        if (!isCurrent()) {
            return Double.NaN;
        }
        Look first = looks.peekFirst();
        double seconds = (last.at - first.at) / 1e9;
        double written = last.walEnd - first.walEnd;
        if (Double.isInfinite(safe()) || written <= 0 || seconds <= 0) {
            return safe() == 0 ? 0 : Double.POSITIVE_INFINITY;
        }
        return safe() * seconds / written;
    }

    /** Whether a limit is set, as of the last look, however long ago that was; empty before the first one. */
    public synchronized Optional<Boolean> isLimited() {
        return Optional.ofNullable(last).map(look -> look.safeBytes.isPresent());
    }

    /** Whether the slot was looked at within the last minute. */
    public synchronized boolean isCurrent() {
        return last != null && nanoTime.getAsLong() - last.at <= CURRENT;
    }

    private double safe() {
        return last.safeBytes.isPresent() ? Math.max(0, last.safeBytes.getAsLong()) : Double.POSITIVE_INFINITY;
    }
}
