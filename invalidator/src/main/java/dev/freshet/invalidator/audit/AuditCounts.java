// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.audit;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What became of the entries that were looked at. Each counts once in a round, by the worst that was found. Thread-safe. */
public final class AuditCounts {
    /** Why an entry was not checked. */
    public enum Unchecked {
        NO_SNAPSHOT("without the snapshot that they were loaded with"),
        UNCOVERED("with tags of a kind that the invalidator does not evict: readers do not take them"),
        NOT_AN_ENTRY("that are no entries, or cannot be read as such"),
        OTHER_DATABASE("with a snapshot that is ahead of the database: of another one, or of a time before a restore");

        private final String text;

        Unchecked(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private final LongAdder checked = new LongAdder();
    private final LongAdder right = new LongAdder();
    private final LongAdder gone = new LongAdder();
    private final LongAdder violations = new LongAdder();
    private final LongAdder falseAlarms = new LongAdder();
    private final Map<UndecidedReason, LongAdder> undecided = adders(UndecidedReason.values());
    private final Map<Unchecked, LongAdder> unchecked = adders(Unchecked.values());

    private static <E> Map<E, LongAdder> adders(E[] values) {
        var adders = new LinkedHashMap<E, LongAdder>();
        Arrays.stream(values).forEach(value -> adders.put(value, new LongAdder()));
        return adders;
    }

    void checked() {
        checked.increment();
    }

    void right() {
        right.increment();
    }

    void gone() {
        gone.increment();
    }

    void violation() {
        violations.increment();
    }

    void falseAlarm() {
        falseAlarms.increment();
    }

    void undecided(UndecidedReason doubt) {
        undecided.get(doubt).increment();
    }

    void unchecked(Unchecked why) {
        unchecked.get(why).increment();
    }

    /** Entries held against the database, whatever came of it: once a round is over, one of the four below. */
    public long allChecked() {
        return checked.sum();
    }

    /** Entries that were in no contradiction to the database. */
    public long allRight() {
        return right.sum();
    }

    /** Keys that were gone when they were read. */
    public long allGone() {
        return gone.sum();
    }

    public long allViolations() {
        return violations.sum();
    }

    /** Entries that looked stale, and were gone, newer or explained once the position had passed. */
    public long allFalseAlarms() {
        return falseAlarms.sum();
    }

    public long allUndecided() {
        return undecided.values().stream().mapToLong(LongAdder::sum).sum();
    }

    public long allUnchecked() {
        return unchecked.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** Entries of which it is known whether they are right. */
    public long allDecided() {
        return allRight() + allViolations() + allFalseAlarms();
    }

    public long undecidedFor(UndecidedReason doubt) {
        return undecided.get(doubt).sum();
    }

    public long uncheckedFor(Unchecked why) {
        return unchecked.get(why).sum();
    }
}
