// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol.model;

/** The rules that keep stale values out. A mutant is the protocol without some of them. */
enum Guard {
    FILL_IS_COVERED("a fill is refused if nobody evicts one of its tags"),
    ENTRY_IS_COVERED("an entry is not taken if nobody evicts one of its tags"),
    FENCE_CHECK("a fill is refused if one of its tags was fenced since its token"),
    FENCE_AT_THE_TOKENS_TIME("a fence of the very time of the token counts as later"),
    STRICT_CLOCK("the isolate's time moves on with every script, even within one microsecond"),
    MONOTONIC_CLOCK("the isolate's time never goes back, whatever TIME says"),
    CLOCK_KEPT_BY_BEGIN("begin writes down the time that it gave out"),
    TOKEN_BEFORE_LOAD("the token is taken before the database is read"),
    SET_STANDS("a fill is refused if there is no fence set"),
    SET_IS_THE_SAME("a fill is refused if the fence set is not the one that gave the token"),
    SET_IS_OLDER("a fill is refused if the fence set was made after the token"),
    TOKEN_IS_YOUNG("a fill is refused if its token is older than half the lifetime of a fence"),
    TAGS_LIST_ENTRY("an entry counts only if each of its tags' sets lists it"),
    BEGIN_UNLINKS_UNLISTED("begin unlinks an entry that its tags do not list"),
    ENTRY_BEFORE_TAGS("a fill stores the entry first and lists it under its tags then"),
    ROW_TAG("a resolved entry carries the tag of its own row beside those of its ancestors"),
    ABSENT_TAG("'does not exist' carries the tag of the row that is missing"),
    VISIBILITY_GATE("a batch waits until new snapshots see it"),
    GATE_BEFORE_EVICT("it waits before it evicts"),
    FENCE_BEFORE_UNLINK("tags are fenced before their entries are unlinked"),
    GLOB_DROPS_FENCES("before tags are looked for by a glob, the fence sets are dropped"),
    EVICT_BEFORE_PUBLISH("a batch is evicted before its position is published"),
    EVICT_BEFORE_ACKNOWLEDGE("a batch is evicted before it is acknowledged to the slot"),
    PUBLISH_BEFORE_ACKNOWLEDGE("a position is published before it is acknowledged to the slot"),
    GAP_NOTICED("at start, a slot ahead of the published position means purge"),
    POSITION_WITHDRAWN("the published position is withdrawn before a gap is mended, so that a crash does not hide it"),
    PURGE_AFTER_VISIBLE("a purge waits until new snapshots see all that was written before"),
    PURGE_FENCES_FIRST("a purge drops the fence sets first and the entries then"),
    SLOT_BEFORE_PURGE("a lost slot is made anew before the purge"),
    PUBLISH_CHECKS_MASTER("a position is published only on the master that took the evictions"),
    PURGE_CHECKS_MASTER("a purge counts only if the master was the same all the time"),
    START_CHECKS_MASTER("at start, a position published on another master means failover"),
    FAILOVER_REPEATS("on a new master all evictions after its position are repeated"),
    FAILOVER_DROPS_FENCES("on a new master the fence sets are dropped before that"),
    POSITION_WITH_ENTRY("a session's position is read together with the entry"),
    WAITER_NEEDS_STORED("who asked while a load ran takes its value only if the fill was accepted"),
    WAITER_ASKED_BEFORE_FILL("who asked while a load ran takes its value only if it waited before the fill was sent"),
    LEASE_WAITER_ASKS_AGAIN("who waited for the load of another process asks again, however it ended"),
    REFRESH_LOADS_ANEW("a refresh that was refused begins anew, and loads anew"),
    KEPT_SINCE_ASKED("a value that is kept for when loads fail is as old as the question that came before its load"),
    KEPT_FOR_EVENTUAL("a value that is kept for when loads fail answers level eventual alone");

    final String rule;

    Guard(String rule) {
        this.rule = rule;
    }
}
