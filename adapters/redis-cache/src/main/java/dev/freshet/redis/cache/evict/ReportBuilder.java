// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache.evict;

import dev.freshet.core.cache.EvictionReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Counts what a batch removed, and keeps a bounded part of the details. Not thread-safe. */
final class ReportBuilder {
    static final int MOST_DETAILS = 100;
    private static final int MOST_NAMES = 500;
    private static final int NAMES_OF_ONE = 20;

    private final long start = System.nanoTime();
    private final List<Target> details = new ArrayList<>();
    private long entries;
    private long keys;
    private int names;

    /** How many names of a target may still be kept. */
    int namesWanted() {
        return Math.max(0, Math.min(NAMES_OF_ONE, MOST_NAMES - names));
    }

    /** Counts deleted entries that were registered under a tag. */
    void entries(Target target, long count, List<String> some) {
        entries += count;
        note(target, count, some);
    }

    /** Counts deleted keys that were named. */
    void keys(Target target, long count, List<String> some) {
        keys += count;
        note(target, count, some);
    }

    /** How many keys were deleted so far. */
    long keys() {
        return keys;
    }

    /**
     * Counts deleted keys of one transaction, for the first of them. Their names are known if all of them were there.
     */
    void keys(List<Target> together, long count) {
        List<String> some = count < together.size()
                ? List.of()
                : together.stream().limit(namesWanted()).map(Target::name).toList();
        keys(together.get(0), count, some);
    }

    /** Counts deleted keys without keeping names. */
    void keys(long count) {
        keys += count;
    }

    private void note(Target target, long count, List<String> some) {
        if (count == 0) {
            return;
        }
        if (target.count() == 0) {
            if (details.size() == MOST_DETAILS) {
                return;
            }
            details.add(target);
        }
        int room = Math.max(0, Math.min(NAMES_OF_ONE - target.named(), MOST_NAMES - names));
        var kept = some.subList(0, Math.min(room, some.size()));
        names += kept.size();
        target.gone(count, kept);
    }

    EvictionReport report(int asked) {
        return new EvictionReport(
                asked,
                entries,
                keys,
                details.stream().map(Target::evicted).toList(),
                Duration.ofNanos(System.nanoTime() - start));
    }
}
