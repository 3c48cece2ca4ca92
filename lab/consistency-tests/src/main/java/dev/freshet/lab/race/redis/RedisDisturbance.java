// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.redis;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Tracks when Redis itself is disturbed: restarted, emptied, failed over. A position that Redis published before a
 * disturbance no longer counts afterwards, because Redis may have lost data. Thread-safe.
 */
public final class RedisDisturbance {
    private final AtomicLong epochs = new AtomicLong();

    /** Starts a disturbance; {@link #restore} ends it. */
    public void disturb() {
        epochs.incrementAndGet();
    }

    public void restore() {
        epochs.incrementAndGet();
    }

    /** Odd while Redis is disturbed; changes with each disturbance. */
    public long epoch() {
        return epochs.get();
    }

    public static boolean isUndisturbed(long epoch) {
        return epoch % 2 == 0;
    }
}
