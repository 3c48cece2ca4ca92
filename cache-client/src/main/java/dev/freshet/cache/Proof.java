// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import java.time.Duration;

/**
 * Up to when memory is known to have heard of every change, and what the published position was then. Immutable.
 *
 * @param asked {@link System#nanoTime()} before Redis was asked: every change made before has been heard of
 * @param position up to which everything had been evicted by then; null if there was none
 * @param ageMicros how long ago, by Redis' clock, all that had been committed had been evicted; negative if unknown
 * @param floor {@link TrackedMaster#floor()} before that. Another one since then: what Redis holds now may be older than that
 *     position, as after a failover
 */
record Proof(long asked, WalPosition position, long ageMicros, long floor) {
    /** Whether a value that memory holds may answer a read. */
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
