// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.read;

import java.util.concurrent.atomic.AtomicLong;

/**
 * When Redis itself is disturbed: restarted, emptied, failed over. What it published before then no longer binds it, as
 * it may have forgotten. Thread-safe.
 */
public final class Calm {
    private final AtomicLong turns = new AtomicLong();

    /** Begins a disturbance; {@link #restore} ends it. */
    public void disturb() {
        turns.incrementAndGet();
    }

    public void restore() {
        turns.incrementAndGet();
    }

    /** Odd while Redis is disturbed; another number after each disturbance. */
    long turn() {
        return turns.get();
    }

    static boolean isCalm(long turn) {
        return turn % 2 == 0;
    }
}
