// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.cache;

import java.time.Duration;
import java.util.List;

/**
 * What a batch of evictions removed.
 *
 * @param asked evictions in the batch, each tag and key counted once
 * @param entries deleted entries that were registered under tags
 * @param keys deleted keys that were named one by one or by glob
 * @param absent keys that were named one by one and did not exist
 * @param evicted details of the evictions that removed something or named absent keys: the first hundred
 * @param took from the start to the last answer of Redis, including time spent waiting for Redis
 */
public record EvictionReport(int asked, long entries, long keys, long absent, List<Evicted> evicted, Duration took) {
    public EvictionReport {
        evicted = List.copyOf(evicted);
    }
}
