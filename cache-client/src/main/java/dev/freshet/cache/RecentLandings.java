// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * When loads of a key ended last, for as many keys as there are, in little memory: keys share a slot. Thread-safe.
 *
 * <p>A reader may have asked Redis just before another's fill and come to load just after that load was over. It can then
 * ask Redis once more instead of loading again. A wrong yes costs that one question.
 */
final class RecentLandings {
    private final AtomicLongArray tickets = new AtomicLongArray(1024);

    void landed(String key, long ticket) {
        tickets.accumulateAndGet(slot(key), ticket, Math::max);
    }

    /** Whether a load of this key, or of one that shares its slot, ended after the ticket was drawn. */
    boolean since(long ticket, String key) {
        return tickets.get(slot(key)) > ticket;
    }

    private int slot(String key) {
        int hash = key.hashCode();
        return (hash ^ hash >>> 16) & (tickets.length() - 1);
    }
}
