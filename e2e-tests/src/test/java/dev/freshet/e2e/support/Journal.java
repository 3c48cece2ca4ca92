// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.support;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Counters that only grow, and the WAL position that each value was committed before. Tells the least value that a reader
 * may still see once the invalidator has reported a position. Safe for many threads.
 */
public final class Journal {
    private final Map<String, ConcurrentNavigableMap<Lsn, Long>> counters = new ConcurrentHashMap<>();

    /** The least values that may be seen by who asks from now on. */
    public record Least(Lsn evicted, Map<String, Long> values) {
        public void check(String counter, long seen, Object answer) {
            var least = values.getOrDefault(counter, 0L);
            if (seen < least) {
                throw new AssertionError("stale: " + counter + " is " + seen + ", although " + least
                        + " had been evicted for, up to " + evicted + ", before the request began: " + answer);
            }
        }
    }

    public void committed(String counter, long value, Lsn position) {
        counters.computeIfAbsent(counter, ignored -> new ConcurrentSkipListMap<>())
                .merge(position, value, Math::max);
    }

    /** Of all counters, given what the invalidator had published before. */
    public Least least(Lsn evicted) {
        var values = new HashMap<String, Long>();
        counters.forEach((counter, committed) -> {
            // Nearly always the last one: positions and values grow together, but for the writers' races to note them.
            committed.headMap(evicted, true).values().forEach(value -> values.merge(counter, value, Math::max));
        });
        return new Least(evicted, values);
    }
}
