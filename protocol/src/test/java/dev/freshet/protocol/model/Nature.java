// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol.model;

/** What happens to Redis, to clocks and to processes. */
record Nature(boolean oldMasterAnswers) implements Actor {
    private static final String REDIS = "redis";

    @Override
    public void act(World world, Moves moves) {
        expiry(world, moves);
        memory(world, moves);
        clock(world, moves);
        failover(world, moves);
        if (world.left().has(Mishap.CRASH) && world.invalidator().stage() != Stage.START) {
            moves.add("invalidator", "crashes", world.spend(Mishap.CRASH).with(Invalidator.starting()));
        }
        if (world.left().has(Mishap.UNPUBLISHED) && world.db().whole()) {
            var db = world.db().withWholePublication(false);
            moves.add(
                    "postgresql",
                    "the publication loses a table",
                    world.spend(Mishap.UNPUBLISHED).with(db));
        }
        if (world.left().has(Mishap.SLOT_LOST) && world.db().slot() != Database.LOST) {
            var db = world.db().slotAt(Database.LOST);
            moves.add(
                    "postgresql",
                    "loses the slot",
                    world.spend(Mishap.SLOT_LOST).with(db));
        }
    }

    private static void expiry(World world, Moves moves) {
        if (world.redis().entry() != Redis.NONE) {
            moves.add(REDIS, "the entry expires", world.with(world.redis().withEntry(Redis.NONE)));
        }
    }

    private static void memory(World world, Moves moves) {
        var redis = world.redis();
        if (world.left().has(Mishap.TAG_SET_EVICTED)) {
            for (Row row : Row.values()) {
                if (row.in(redis.listed())) {
                    var without = redis.withListed(redis.listed() & ~row.bit);
                    moves.add(
                            REDIS,
                            "maxmemory drops a tag set (" + row.text + ")",
                            world.spend(Mishap.TAG_SET_EVICTED).with(without));
                }
            }
        }
        if (world.left().has(Mishap.FENCE_SET_EVICTED) && redis.fences() != null) {
            var spent = world.spend(Mishap.FENCE_SET_EVICTED);
            moves.add(REDIS, "maxmemory drops the fence set", spent.with(redis.withoutFences()));
        }
        if (world.left().has(Mishap.FLUSH)) {
            var empty = Redis.empty(redis.master(), redis.clock());
            moves.add(REDIS, "loses all data", world.spend(Mishap.FLUSH).with(empty));
        }
    }

    private static void clock(World world, Moves moves) {
        var redis = world.redis();
        var clock = redis.clock();
        if (world.left().has(Mishap.CLOCK_FAR_BACK)) {
            var spent = world.spend(Mishap.CLOCK_FAR_BACK);
            moves.add(REDIS, "the clock steps far back", spent.with(redis.withClock(clock.setTo(0))));
        }
        if (world.left().has(Mishap.SAME_MICROSECOND)) {
            var spent = world.spend(Mishap.SAME_MICROSECOND);
            moves.add(
                    REDIS,
                    "the next script runs in the same microsecond",
                    spent.with(redis.withClock(clock.stopped())));
        }
        int ahead = world.momentAhead();
        if (ahead != Times.NEVER && moves.exactClocks()) {
            moves.add(REDIS, "time passes", world.with(redis.withClock(clock.setTo(ahead))));
        }
        if (world.left().has(Mishap.HALF_A_LIFETIME)) {
            var spent = world.spend(Mishap.HALF_A_LIFETIME);
            var later = redis.withClock(clock.afterHalfALifetime());
            moves.add(REDIS, "half the lifetime of a fence passes", spent.with(later));
        }
    }

    /** The new master's clock may be in step with the former's, or behind. */
    private void failover(World world, Moves moves) {
        var redis = world.redis();
        if (world.left().has(Mishap.SAVE) && !redis.equals(world.saved())) {
            var spent = world.spend(Mishap.SAVE);
            moves.add(REDIS, "the replica has come so far", spent.withMasters(redis, redis, world.old()));
        }
        if (world.left().has(Mishap.FAILOVER) && world.saved() != null) {
            var spent = world.spend(Mishap.FAILOVER);
            var former = oldMasterAnswers ? redis : null;
            var behind = world.saved().promoted(redis.master() + 1);
            moves.add(
                    REDIS, "the replica becomes master, its clock is behind", spent.withMasters(behind, null, former));
            var inStep = behind.withClock(behind.clock().setTo(redis.clock().wall()));
            moves.add(REDIS, "the replica becomes master", spent.withMasters(inStep, null, former));
        }
    }
}
