// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.plan;

import dev.freshet.core.plan.Eviction;
import dev.freshet.core.plan.Planner;
import dev.freshet.core.plan.Reason;
import dev.freshet.lab.plan.design.Design;
import dev.freshet.lab.plan.design.Design.Table;
import dev.freshet.lab.plan.episode.Episode;
import dev.freshet.lab.plan.episode.Episode.Transaction;
import dev.freshet.lab.plan.oracle.Target;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts necessary evictions, and unnecessary ones by cause. */
final class OverEvictions {
    /** Why something was evicted that was not stale; the first cause that applies. */
    enum Why {
        TRUNCATION("by pattern, as a table was truncated"),
        CAPACITY("by pattern, as more rows were touched than are kept"),
        IDENTITY_PATTERN("by pattern, as a value is not carried, or what a function yields cannot be told"),
        LOOK_BACK("look-ups that had seen later transactions"),
        PIECES("a transaction planned in pieces"),
        ORDER("values whose order cannot be told count as if the condition could be true"),
        IDENTITY("a value that the WAL did not carry counts as changed"),
        OTHER("other");

        private final String text;

        Why(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private final Map<Why, Long> extra = new EnumMap<>(Why.class);
    private long needed;
    private long evicted;

    /** Counts only what existed before or exists now: evicting a key that nobody could have cached costs nothing. */
    void count(
            Design design,
            Episode episode,
            int number,
            Set<String> stale,
            Set<String> known,
            List<Eviction> evictions) {
        needed += stale.size();
        Map<String, Why> gone = new LinkedHashMap<>();
        for (Eviction eviction : evictions) {
            String target = Target.named(eviction);
            if (target != null) {
                if (known.contains(target)) {
                    gone.merge(target, exact(design, episode, number, eviction), OverEvictions::first);
                }
                continue;
            }
            var pattern = Target.pattern(eviction);
            Why why = eviction.reason() == Reason.TRUNCATED
                    ? Why.TRUNCATION
                    : episode.capacity() < Planner.DEFAULT_CAPACITY ? Why.CAPACITY : Why.IDENTITY_PATTERN;
            known.stream()
                    .filter(each -> pattern.matcher(each).matches())
                    .forEach(each -> gone.merge(each, why, OverEvictions::first));
        }
        evicted += gone.size();
        gone.forEach((target, why) -> {
            if (!stale.contains(target)) {
                extra.merge(why, 1L, Long::sum);
            }
        });
    }

    private static Why first(Why one, Why other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Why exact(Design design, Episode episode, int number, Eviction eviction) {
        Transaction how = episode.transactions().get(number);
        if (episode.transactions().stream().anyMatch(t -> t.ahead() > 0 || t.creeping() || !t.dated())) {
            return Why.LOOK_BACK;
        }
        if (how.piece() > 0) {
            return Why.PIECES;
        }
        if (design.ordersTexts()) {
            return Why.ORDER;
        }
        Table table = design.table(eviction.cause().table().table());
        return table.identity().isFull() ? Why.OTHER : Why.IDENTITY;
    }

    long needed() {
        return needed;
    }

    long evicted() {
        return evicted;
    }

    long extra(Why why) {
        return extra.getOrDefault(why, 0L);
    }

    /** The result, in several lines. */
    String report() {
        var report = new StringBuilder(
                "evicted %,d for %,d that were stale: %.2f".formatted(evicted, needed, ratio(evicted)));
        for (Why why : Why.values()) {
            if (extra(why) > 0) {
                report.append("%n  %,12d  %s".formatted(extra(why), why));
            }
        }
        report.append("%n  without the causes that are named: %.4f".formatted(ratio(needed + extra(Why.OTHER))));
        return report.toString();
    }

    private double ratio(long count) {
        return needed == 0 ? 1 : (double) count / needed;
    }
}
