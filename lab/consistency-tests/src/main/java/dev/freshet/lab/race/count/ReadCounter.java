// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.count;

import dev.freshet.lab.race.history.Verdict;
import dev.freshet.lab.race.history.Violation;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** Counts the reads of one protocol at one level. Thread-safe. */
public final class ReadCounter {
    private static final long SECOND = 1_000_000_000L;

    private final LongAdder checked = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder unjudged = new LongAdder();
    private final LongAdder wrong = new LongAdder();
    private final LongAdder older = new LongAdder();
    private final LongAdder olderThanASecond = new LongAdder();
    private final LongAccumulator oldest = new LongAccumulator(Math::max, 0);
    private final ConcurrentSkipListMap<String, LongAdder> statuses = new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListMap<Violation, LongAdder> violations = new ConcurrentSkipListMap<>();

    public void checked(String status, Verdict verdict) {
        checked.increment();
        statuses.computeIfAbsent(status, ignored -> new LongAdder()).increment();
        if (verdict.age() > 0) {
            older.increment();
            oldest.accumulate(verdict.age());
            if (verdict.age() > SECOND) {
                olderThanASecond.increment();
            }
        }
        if (verdict.isWrong()) {
            wrong.increment();
            violations
                    .computeIfAbsent(verdict.violation(), ignored -> new LongAdder())
                    .increment();
        }
    }

    /** Counts an entry that differs from the database after everything has settled. */
    void different() {
        wrong.increment();
        violations
                .computeIfAbsent(Violation.DIFFERENT, ignored -> new LongAdder())
                .increment();
    }

    /** Counts a read without an answer. */
    public void countFailed() {
        failed.increment();
    }

    /** Counts an answer for which nothing could be demanded, because Redis was disturbed in the meantime. */
    public void countUnjudged() {
        unjudged.increment();
    }

    /** The number of reads whose answers were compared with the histories. */
    public long checked() {
        return checked.sum();
    }

    public long failed() {
        return failed.sum();
    }

    public long unjudged() {
        return unjudged.sum();
    }

    /** The number of answers that broke the promise of their level. */
    public long wrong() {
        return wrong.sum();
    }

    /** The number of answers that missed a write acknowledged before the read began, whether allowed or not. */
    public long older() {
        return older.sum();
    }

    /** The number of answers that missed a write acknowledged more than a second before. */
    public long olderThanASecond() {
        return olderThanASecond.sum();
    }

    /** The maximum age of a missed write, in nanoseconds. */
    public long oldest() {
        return oldest.get();
    }

    /** The number of answers by the way they were obtained. */
    public Map<String, Long> statuses() {
        var counts = new TreeMap<String, Long>();
        statuses.forEach((status, count) -> counts.put(status, count.sum()));
        return counts;
    }

    /** The number of wrong answers by kind. */
    public Map<String, Long> violations() {
        var counts = new TreeMap<String, Long>();
        violations.forEach((violation, count) -> counts.put(violation.label(), count.sum()));
        return counts;
    }
}
