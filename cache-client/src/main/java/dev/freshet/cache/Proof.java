// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import java.time.Duration;

/**
 * The moment up to which memory is known to have heard of every change, and the position published then. Immutable.
 *
 * @param asked {@link System#nanoTime()} before Redis was asked: every earlier change has been heard of
 * @param position up to which everything had been evicted by then; null if there was none
 * @param ageMicros how long ago, in µs by the clock of Redis, everything committed had been evicted; negative if
 *     unknown
 * @param floor {@link TrackedMaster#floor()} before Redis was asked. If it has changed since, Redis may now hold data
 *     older than that position, as after a failover
 */
record Proof(long asked, WalPosition position, long ageMicros, long floor) {
    /** Whether a value in memory may answer a read. */
    boolean suffices(Consistency consistency, long nanoTime, Duration most) {
        long elapsed = nanoTime - asked;
        if (elapsed > most.toNanos()) {
            return false;
        }
        if (consistency instanceof Consistency.Bounded bounded) {
            return ageMicros >= 0
                    && ageMicros * 1000 + elapsed <= bounded.maxAge().toNanos();
        }
        if (consistency instanceof Consistency.Session session) {
            return position != null && position.reaches(session.position());
        }
        return consistency == Consistency.eventual();
    }
}
