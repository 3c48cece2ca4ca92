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
    private long absent;
    private int names;

    /** How many names of a target may still be kept. */
    int namesWanted() {
        return Math.max(0, Math.min(NAMES_OF_ONE, MOST_NAMES - names));
    }

    /** Counts deleted entries that were registered under a tag. */
    void entries(Target target, long count, List<String> some) {
        entries += count;
        note(target, count, 0, some);
    }

    /** Counts deleted keys that matched a glob. */
    void matched(Target glob, long count, List<String> some) {
        keys += count;
        note(glob, count, 0, some);
    }

    /**
     * Counts the named keys of one transaction, for the first of them: those that were deleted, and the others, which
     * were not there. The names of the deleted ones are known if all of them were there.
     */
    void named(List<Target> together, long count) {
        named(together.size(), count);
        List<String> some = count < together.size()
                ? List.of()
                : together.stream().limit(namesWanted()).map(Target::name).toList();
        note(together.get(0), count, together.size() - count, some);
    }

    /** Counts named keys without details. */
    void named(int all, long count) {
        keys += count;
        absent += all - count;
    }

    private void note(Target target, long count, long missing, List<String> some) {
        if (count == 0 && missing == 0) {
            return;
        }
        if (!target.isCounted()) {
            if (details.size() == MOST_DETAILS) {
                return;
            }
            details.add(target);
        }
        int room = Math.max(0, Math.min(NAMES_OF_ONE - target.named(), MOST_NAMES - names));
        var kept = some.subList(0, Math.min(room, some.size()));
        names += kept.size();
        target.counted(count, missing, kept);
    }

    EvictionReport report(int asked) {
        return new EvictionReport(
                asked,
                entries,
                keys,
                absent,
                details.stream().map(Target::evicted).toList(),
                Duration.ofNanos(System.nanoTime() - start));
    }
}
