// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.kept;

import dev.freshet.protocol.Isolate;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The moments at which the values of an owner were given up. What was asked for before counts no more, also if it comes
 * later. Thread-safe.
 */
final class ForgottenOwners {
    private final int most;
    private final LongSupplier nanoTime;
    private final ConcurrentHashMap<Isolate, Long> moments = new ConcurrentHashMap<>();
    /** When the values of all owners were given up; null: never. */
    private volatile Long all;

    /** @param most how many owners to remember one by one; beyond that those of all are given up */
    ForgottenOwners(int most, LongSupplier nanoTime) {
        this.most = most;
        this.nanoTime = nanoTime;
    }

    synchronized void forget(Isolate owner) {
        long moment = nanoTime.getAsLong();
        moments.put(owner, moment);
        if (moments.size() > most) {
            all = moment;
            moments.clear();
        }
    }

    /** Whether a value of this owner that was right at that moment was given up since. */
    boolean since(long moment, Isolate owner) {
        Long one = moments.get(owner);
        if (one != null && one - moment >= 0) {
            return true;
        }
        // Read second: it was written before the owners were cleared.
        Long everyone = all;
        return everyone != null && everyone - moment >= 0;
    }
}
