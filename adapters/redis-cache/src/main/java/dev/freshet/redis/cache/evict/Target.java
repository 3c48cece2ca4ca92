// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache.evict;

import dev.freshet.core.cache.Evicted;
import dev.freshet.core.plan.Eviction;
import java.util.ArrayList;
import java.util.List;

/** One key, tag or glob of a batch, and what was removed for it. Not thread-safe. */
final class Target {
    private final Eviction eviction;
    private List<String> names = List.of();
    private long count;
    private long absent;

    Target(Eviction eviction) {
        this.eviction = eviction;
    }

    /** The key, the tag's name or the glob. */
    String name() {
        return eviction.name();
    }

    /** The transaction that caused it; null if none did. */
    Long transaction() {
        return eviction.cause() == null ? null : eviction.cause().origin().txId();
    }

    /** Whether one transaction caused both. */
    boolean isOfTransactionOf(Target other) {
        return eviction.cause() != null
                && other.eviction.cause() != null
                && eviction.cause().origin().txId()
                        == other.eviction.cause().origin().txId();
    }

    /** Whether any key was counted for it. */
    boolean isCounted() {
        return count > 0 || absent > 0;
    }

    int named() {
        return names.size();
    }

    /** Counts deleted keys, and named ones that were not there. */
    void counted(long gone, long missing, List<String> some) {
        count += gone;
        absent += missing;
        if (!some.isEmpty()) {
            var longer = new ArrayList<>(names);
            longer.addAll(some);
            names = longer;
        }
    }

    Evicted evicted() {
        return new Evicted(eviction, count, absent, names);
    }
}
