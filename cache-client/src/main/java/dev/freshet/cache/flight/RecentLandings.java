// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.flight;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * When the last load of a key ended, for any number of keys in little memory: keys share a slot. Thread-safe.
 *
 * <p>A reader may ask Redis just before another reader's fill, and be ready to load just after that load has ended. It
 * can then ask Redis again instead of loading. A false positive costs one request to Redis.
 */
public final class RecentLandings {
    private final AtomicLongArray tickets = new AtomicLongArray(1024);

    public void landed(String key, long ticket) {
        tickets.accumulateAndGet(slot(key), ticket, Math::max);
    }

    /** Whether a load of this key, or of one that shares its slot, ended after the ticket was drawn. */
    public boolean since(long ticket, String key) {
        return tickets.get(slot(key)) > ticket;
    }

    private int slot(String key) {
        int hash = key.hashCode();
        return (hash ^ hash >>> 16) & (tickets.length() - 1);
    }
}
