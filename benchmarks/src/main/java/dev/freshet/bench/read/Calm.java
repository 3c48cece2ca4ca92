// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.read;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Tracks when Redis itself is disturbed: restarted, emptied, failed over. A position that Redis published before a
 * disturbance no longer counts afterwards, because Redis may have lost data. Thread-safe.
 */
public final class Calm {
    private final AtomicLong turns = new AtomicLong();

    /** Starts a disturbance; {@link #restore} ends it. */
    public void disturb() {
        turns.incrementAndGet();
    }

    public void restore() {
        turns.incrementAndGet();
    }

    /** Odd while Redis is disturbed; changes with each disturbance. */
    long turn() {
        return turns.get();
    }

    static boolean isCalm(long turn) {
        return turn % 2 == 0;
    }
}
