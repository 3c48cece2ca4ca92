// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.near;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * When Redis last reported a change to a key, by this process' own count of such notices. Many keys share one place, so
 * a key may seem changed when it is not; that costs one request to Redis. Thread-safe.
 *
 * <p>To keep a value in memory, the caller takes {@link #now()} before it asks Redis for the value, and may use the
 * value as long as {@link #quietSince} holds. A notice that arrives between the request and the keeping needs no
 * special care: the value then counts as older than the notice, whenever it was put away.
 */
final class InvalidationClock {
    private final AtomicLong clock = new AtomicLong();
    private final AtomicLongArray last;
    private final AtomicLong floor = new AtomicLong();

    /** @param places the approximate number of places; rounded up to a power of two */
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

    /**
     * Advances the clock for changes that are not recorded here. Returns the moment, which is later than all before.
     */
    long something() {
        return clock.incrementAndGet();
    }

    /** Whether no notice for any of these places came after that moment. */
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
        // Keys differ little, and at their ends. Without mixing they would crowd together.
        hash *= 0x9E3779B9;
        return (hash ^ hash >>> 16) & (last.length() - 1);
    }
}
