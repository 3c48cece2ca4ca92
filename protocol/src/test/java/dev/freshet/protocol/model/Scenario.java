// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol.model;

import java.util.Set;

/** What is explored at once: which changes are committed, how often readers load, and what goes wrong how often. */
enum Scenario {
    CHANGES(Set.of(Change.UPDATE_FIRST, Change.UPDATE_SECOND, Change.MOVE_TASK), 1, 1),
    RELOADS(Set.of(Change.UPDATE_FIRST, Change.MOVE_TASK), 2, 2),
    CRASHES(Set.of(Change.UPDATE_SECOND, Change.MOVE_TASK), 1, 1, Mishap.CRASH, Mishap.CRASH),
    ABSENT(Set.of(Change.CREATE_TASK, Change.DELETE_TASK), 2, 1, Mishap.CRASH),
    TRUNCATE(Set.of(Change.TRUNCATE_TASKS, Change.UPDATE_FIRST), 1, 1, Mishap.TAG_SET_EVICTED),
    MEMORY(
            Set.of(Change.UPDATE_FIRST, Change.MOVE_TASK),
            1,
            1,
            Mishap.TAG_SET_EVICTED,
            Mishap.TAG_SET_EVICTED,
            Mishap.FENCE_SET_EVICTED,
            Mishap.FILL_BREAKS_OFF),
    EMPTIED(Set.of(Change.UPDATE_FIRST), 2, 1, Mishap.FLUSH, Mishap.CRASH),
    CLOCKS(Set.of(Change.UPDATE_FIRST), 2, 1, Mishap.CLOCK_FAR_BACK, Mishap.SAME_MICROSECOND, Mishap.FENCE_SET_EVICTED),
    LIFETIMES(Set.of(Change.UPDATE_FIRST, Change.UPDATE_SECOND), 1, 1, Mishap.HALF_A_LIFETIME, Mishap.HALF_A_LIFETIME),
    GAP(Set.of(Change.UPDATE_FIRST, Change.UPDATE_FIRST_AGAIN), 1, 1, Mishap.SLOT_LOST, Mishap.CRASH),
    REPUBLISHED(
            Set.of(Change.UPDATE_FIRST, Change.UPDATE_SECOND), 1, 0, Mishap.UNPUBLISHED, Mishap.CRASH, Mishap.CRASH),
    FAILOVER(Set.of(Change.UPDATE_FIRST, Change.UPDATE_SECOND), 1, 1, Mishap.SAVE, Mishap.FAILOVER),
    FAILOVER_AND_CRASH(Set.of(Change.UPDATE_FIRST), 1, 1, Mishap.SAVE, Mishap.FAILOVER, Mishap.CRASH),
    SPLIT(Set.of(Change.UPDATE_FIRST), 1, 1, Mishap.SAVE, Mishap.FAILOVER),
    FAILOVER_IN_PURGE(Set.of(Change.UPDATE_FIRST), 1, 0, Mishap.SLOT_LOST, Mishap.SAVE, Mishap.FAILOVER),
    /** A former mapping covered project 1; an entry of its time is there. */
    NARROWED(Set.of(Change.UPDATE_FIRST, Change.MOVE_TASK, Change.UPDATE_SECOND), 2, 1),
    WAITERS(Set.of(Change.UPDATE_FIRST, Change.UPDATE_FIRST_AGAIN), 2, 0),
    /** Readers of two processes, with leases, refresh, and values that are kept for when loads fail. */
    FLEET(Set.of(Change.UPDATE_FIRST, Change.UPDATE_FIRST_AGAIN), 1, 1);

    final Set<Change> changes;
    final int loadsOfFirst;
    final int loadsOfSecond;
    final Mishap.Left mishaps;

    Scenario(Set<Change> changes, int loadsOfFirst, int loadsOfSecond, Mishap... mishaps) {
        this.changes = changes;
        this.loadsOfFirst = loadsOfFirst;
        this.loadsOfSecond = loadsOfSecond;
        var left = Mishap.Left.NONE;
        for (Mishap mishap : mishaps) {
            left = left.with(mishap, 1);
        }
        this.mishaps = left;
    }

    int planned() {
        return changes.stream().mapToInt(change -> change.bit).sum();
    }

    boolean hasFailovers() {
        return mishaps.has(Mishap.FAILOVER);
    }

    /** Whether what clocks show is followed exactly; else each script just runs later than all before it. */
    boolean exactClocks() {
        return hasFailovers() || mishaps.has(Mishap.CLOCK_FAR_BACK);
    }

    boolean oldMasterAnswers() {
        return this == SPLIT;
    }

    /** The rows whose tags are evicted. */
    int covered() {
        return this == NARROWED ? Row.TASK.bit | Row.SECOND.bit : Row.ALL_ROWS;
    }

    boolean isFleet() {
        return this == FLEET;
    }

    boolean hasWaiter() {
        return this == WAITERS;
    }
}
