// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.admin.page;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * When the namespace was last purged for each reason, to within the time between two looks at the counters. Thread-safe.
 */
final class LastPurges {
    private final Map<String, Long> counts = new HashMap<>();
    private final Map<String, Instant> times = new TreeMap<>();

    /** @param now how often it was purged so far, by reason */
    synchronized void seen(Map<String, Long> now, Instant at) {
        now.forEach((reason, count) -> {
            Long before = counts.put(reason, count);
            if (count > (before == null ? 0 : before)) {
                times.put(reason, at);
            }
        });
    }

    /** By reason. */
    synchronized Map<String, Instant> times() {
        return new TreeMap<>(times);
    }
}
