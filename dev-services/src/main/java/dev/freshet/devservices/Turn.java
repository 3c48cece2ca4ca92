// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices;

import java.time.Duration;

/**
 * Tells when a repeated action is due: immediately the first time, then whenever this time has passed. Not thread-safe.
 */
final class Turn {
    private final long nanos;
    private Long last;

    Turn(Duration length) {
        nanos = length.toNanos();
    }

    boolean isNext() {
        long now = System.nanoTime();
        if (last != null && now - last < nanos) {
            return false;
        }
        last = now;
        return true;
    }
}
