// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.process;

import java.time.Duration;

/**
 * Tells when a repeated action is due: immediately the first time, then whenever this time has passed. Not thread-safe.
 */
public final class Interval {
    private final long nanos;
    private Long last;

    public Interval(Duration length) {
        nanos = length.toNanos();
    }

    /** Whether the action is due. If so, the time starts anew. */
    public boolean isDue() {
        long now = System.nanoTime();
        if (last != null && now - last < nanos) {
            return false;
        }
        last = now;
        return true;
    }
}
