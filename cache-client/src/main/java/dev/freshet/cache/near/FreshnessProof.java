// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.near;

import dev.freshet.cache.store.Demand;
import dev.freshet.protocol.Lsn;
import java.time.Duration;

/**
 * The moment up to which memory is known to have heard of every change, and the position published then. Immutable.
 *
 * @param asked {@link System#nanoTime()} before Redis was asked: every earlier change has been heard of
 * @param lsn up to which everything had been evicted by then; null if there was none
 * @param system the system identifier of the position's cluster; null if unknown
 * @param ageMicros how long ago, in µs by the clock of Redis, everything committed had been evicted; negative if
 *     unknown
 * @param floor {@link TrackedMaster#floor()} before Redis was asked. If it has changed since, Redis may now hold data
 *     older than that position, as after a failover
 */
record FreshnessProof(long asked, Lsn lsn, String system, long ageMicros, long floor) {
    /** Whether a value in memory may answer a read. */
    boolean suffices(Demand demand, long nanoTime, Duration most) {
        long elapsed = nanoTime - asked;
        if (elapsed > most.toNanos()) {
            return false;
        }
        if (demand instanceof Demand.MaxAge age) {
            return ageMicros >= 0 && ageMicros * 1000 + elapsed <= age.bound().toNanos();
        }
        if (demand instanceof Demand.Reached session) {
            return lsn != null && session.isMetBy(lsn, system);
        }
        return demand == Demand.NONE;
    }
}
