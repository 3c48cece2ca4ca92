// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.audit;

import dev.freshet.audit.verdict.UndecidedReason;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Results of an audit, in entries. Each entry counts once per round, by its worst finding. Thread-safe. */
public final class AuditCounts {
    /** Why an entry was not checked. */
    public enum Unchecked {
        NO_SNAPSHOT("without the snapshot they were loaded with"),
        UNCOVERED("with tags of a kind that the invalidator does not evict; readers ignore these entries"),
        NOT_AN_ENTRY("that are not entries of cache-client, or cannot be read"),
        OTHER_DATABASE("with a snapshot ahead of the database: from another database, or from before a restore");

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

    /**
     * Entries compared with the database, whatever the result. Once a round is over, each of them also counts as right,
     * violation, false alarm or undecided.
     */
    public long allChecked() {
        return checked.sum();
    }

    /** Entries that agree with the database. */
    public long allRight() {
        return right.sum();
    }

    /** Keys that no longer existed when they were read. */
    public long allGone() {
        return gone.sum();
    }

    public long allViolations() {
        return violations.sum();
    }

    /**
     * Entries that looked stale, but were gone, newer or explained once the published position had passed the change.
     */
    public long allFalseAlarms() {
        return falseAlarms.sum();
    }

    public long allUndecided() {
        return undecided.values().stream().mapToLong(LongAdder::sum).sum();
    }

    public long allUnchecked() {
        return unchecked.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** Entries that are known to be right or wrong: {@link #allRight}, violations and false alarms. */
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
