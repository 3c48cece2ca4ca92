// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * When Redis last told that a key changed, in this process' own count of such notices. Many keys share a place: a wrong
 * "it changed" costs one question to Redis. Thread-safe.
 *
 * <p>Who keeps a value in memory notes {@link #now()} before it asks Redis for it, and may use it as long as
 * {@link #quietSince} says so. A notice that comes between the question and the keeping needs no further care: the value
 * is then older than the notice, whenever it was put away.
 */
final class InvalidationClock {
    private final AtomicLong clock = new AtomicLong();
    private final AtomicLongArray last;
    private final AtomicLong floor = new AtomicLong();

    /** @param places about how many; rounded up to a power of two */
    InvalidationClock(int places) {
        last = new AtomicLongArray(Integer.highestOneBit(Math.max(1, places - 1)) << 1);
    }

    long now() {
        return clock.get();
    }

    /** One key changed, or is gone. */
    void heard(byte[] key) {
        last.accumulateAndGet(place(key), clock.incrementAndGet(), Math::max);
    }

    /** Anything may have changed. */
    void everything() {
        floor.accumulateAndGet(something(), Math::max);
    }

    /** Something may have changed that others know of. Answers the moment, which is later than all before. */
    long something() {
        return clock.incrementAndGet();
    }

    /** Whether nothing was heard of any of these places after that moment. */
    boolean quietSince(long moment, int[] places) {
        if (floor.get() > moment) {
            return false;
        }
        for (int place : places) {
            if (last.get(place) > moment) {
                return false;
            }
        }
        return true;
    }

    int place(String key) {
        return place(key.getBytes(StandardCharsets.UTF_8));
    }

    private int place(byte[] key) {
        int hash = 0;
        for (byte one : key) {
            hash = 31 * hash + one;
        }
        // Keys differ little and at their ends: mix, or they crowd together.
        hash *= 0x9E3779B9;
        return (hash ^ hash >>> 16) & (last.length() - 1);
    }
}
