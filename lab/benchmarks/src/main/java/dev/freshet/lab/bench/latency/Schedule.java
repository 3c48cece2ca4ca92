// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.latency;

import java.time.Duration;

/**
 * When one of several threads commits: the threads take turns, at equal intervals. Times are those of
 * {@link System#nanoTime()}.
 */
record Schedule(long start, int perSecond, Duration duration, int thread, int threads) {
    private static final double NANOS = 1e9;
    /** Past the planned end, a thread that is behind goes on for this part of the time, and then gives up. */
    private static final double GRACE = 0.1;

    /** How often this thread commits. */
    long turns() {
        long all = Math.round(perSecond * (duration.toNanos() / NANOS));
        return Math.max(0, (all - thread + threads - 1) / threads);
    }

    /** How long to wait for a turn, from 0; not positive if it is due. */
    long nanosUntil(long turn, long now) {
        return start + Math.round((turn * threads + thread) * NANOS / perSecond) - now;
    }

    boolean isOver(long now) {
        return now - start > duration.toNanos() * (1 + GRACE);
    }
}
