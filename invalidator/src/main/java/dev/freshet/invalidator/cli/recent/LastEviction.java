// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.recent;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What the transactions that an invalidator remembers did to one key.
 *
 * @param transactions how many it remembers
 * @param since when the first of them was committed; empty if there is none
 * @param complete whether it tells all evictions of each of them
 * @param eviction the last one of the key
 */
public record LastEviction(long transactions, Optional<Instant> since, boolean complete, Optional<Told> eviction) {
    /**
     * An eviction as the invalidator tells it.
     *
     * @param kind {@code key} or {@code tag}; {@code keys} or {@code tags} if the name is a pattern
     * @param id of the row that was changed; empty for TRUNCATE
     */
    public record Told(
            String kind,
            String name,
            String reason,
            String table,
            String operation,
            Map<String, String> id,
            long txId,
            String position,
            Instant committedAt,
            Instant evictedAt) {}
}
