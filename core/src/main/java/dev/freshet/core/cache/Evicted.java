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
 * @param names some of them
 */
public record Evicted(Eviction eviction, long count, List<String> names) {
    public Evicted {
        names = List.copyOf(names);
    }

    /** Without the names: row values do not belong in logs. */
    @Override
    public String toString() {
        return eviction.reason() + " by " + eviction.cause() + ": " + count;
    }
}
