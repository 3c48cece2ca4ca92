// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.read;

import dev.freshet.bench.history.Fault;
import dev.freshet.bench.history.Verdict;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** Counts the reads of one protocol at one level. Thread-safe. */
public final class Tally {
    private static final long SECOND = 1_000_000_000L;

    private final LongAdder checked = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder unjudged = new LongAdder();
    private final LongAdder wrong = new LongAdder();
    private final LongAdder older = new LongAdder();
    private final LongAdder olderThanASecond = new LongAdder();
    private final LongAccumulator oldest = new LongAccumulator(Math::max, 0);
    private final ConcurrentSkipListMap<String, LongAdder> statuses = new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListMap<Fault, LongAdder> faults = new ConcurrentSkipListMap<>();

    void checked(String status, Verdict verdict) {
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
            faults.computeIfAbsent(verdict.fault(), ignored -> new LongAdder()).increment();
        }
    }

    /** An entry that differs from the database though everything has come to rest. */
    void different() {
        wrong.increment();
        faults.computeIfAbsent(Fault.DIFFERENT, ignored -> new LongAdder()).increment();
    }

    /** A read that nobody answered. */
    void countFailed() {
        failed.increment();
    }

    /** An answer for which nothing could be demanded, as Redis was disturbed meanwhile. */
    void countUnjudged() {
        unjudged.increment();
    }

    /** Reads whose answers were held against the histories. */
    public long checked() {
        return checked.sum();
    }

    public long failed() {
        return failed.sum();
    }

    public long unjudged() {
        return unjudged.sum();
    }

    /** Answers that broke what their level promises. */
    public long wrong() {
        return wrong.sum();
    }

    /** Answers that missed a write acknowledged before the read began, allowed or not. */
    public long older() {
        return older.sum();
    }

    /** Those that missed one acknowledged more than a second before. */
    public long olderThanASecond() {
        return olderThanASecond.sum();
    }

    /** By how many nanoseconds at most. */
    public long oldest() {
        return oldest.get();
    }

    /** How the answers were come by. */
    public Map<String, Long> statuses() {
        var counts = new TreeMap<String, Long>();
        statuses.forEach((status, count) -> counts.put(status, count.sum()));
        return counts;
    }

    /** The wrong ones by kind. */
    public Map<String, Long> faults() {
        var counts = new TreeMap<String, Long>();
        faults.forEach((fault, count) -> counts.put(fault.label(), count.sum()));
        return counts;
    }
}
