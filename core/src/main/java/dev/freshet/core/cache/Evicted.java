// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.cache;

import dev.freshet.core.plan.Eviction;
import java.util.List;

/**
 * What one eviction removed.
 *
 * @param eviction of several keys of one transaction, which go together, the first
 * @param count keys that existed and were deleted
 * @param absent keys that were named and did not exist
 * @param names some of the deleted ones
 */
public record Evicted(Eviction eviction, long count, long absent, List<String> names) {
    public Evicted {
        names = List.copyOf(names);
    }

    /** Without the names: row values do not belong in logs. */
    @Override
    public String toString() {
        return eviction.reason() + " by " + eviction.cause() + ": " + count + " deleted, " + absent + " absent";
    }
}
