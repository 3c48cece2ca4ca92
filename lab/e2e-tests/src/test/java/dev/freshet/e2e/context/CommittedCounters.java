// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.context;

import dev.freshet.protocol.Lsn;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Counters that only grow, with a WAL position at or past the commit of each value. Computes the smallest value that a
 * reader may still see once the invalidator has published a position. Thread-safe.
 */
public final class CommittedCounters {
    private final Map<String, ConcurrentNavigableMap<Lsn, Long>> counters = new ConcurrentHashMap<>();

    /** The smallest values that later reads may see. */
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

    /** The smallest values of all counters, given a position that the invalidator had published before. */
    public Least least(Lsn evicted) {
        var values = new HashMap<String, Long>();
        counters.forEach((counter, committed) -> {
            // Nearly always the last one, as positions and values grow together, except for races between writers.
            committed.headMap(evicted, true).values().forEach(value -> values.merge(counter, value, Math::max));
        });
        return new Least(evicted, values);
    }
}
