// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.evict;

import java.time.Duration;
import java.util.List;

/**
 * What a batch of evictions removed.
 *
 * @param asked evictions, each tag and key counted once
 * @param entries entries that were registered under tags and are gone
 * @param keys keys named one by one or by glob that existed and are gone
 * @param evicted details of the evictions that removed something: the first hundred
 * @param took from start to the last answer of Redis, waiting for Redis included
 */
public record EvictionReport(int asked, long entries, long keys, List<Evicted> evicted, Duration took) {
    public EvictionReport {
        evicted = List.copyOf(evicted);
    }
}
