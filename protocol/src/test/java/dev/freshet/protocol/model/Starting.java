// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol.model;

/** The invalidator as it starts, purges, and takes on another master. */
record Starting(Protocol protocol) implements Actor {
    private static final String NAME = Invalidating.NAME;
    private static final int ENTRY = 1 << Row.values().length;
    private static final int ALL_KEYS = 2 * ENTRY - 1;

    @Override
    public void act(World world, Moves moves) {
        var me = world.invalidator();
        switch (me.stage()) {
            case START -> start(world, me, moves);
            case MEND -> mend(world, me, moves);
            case SETTLE -> settle(world, me, moves);
            case MAKE_SLOT -> makeSlot(world, me, moves);
            case PURGE_FENCES -> purgeFences(world, me, moves);
            case PURGE_KEYS -> purgeKeys(world, me, moves);
            case TAKE_ON_MASTER -> takeOnMaster(world, me, moves);
            default -> {
                // See Invalidating.
            }
        }
    }

    private void start(World world, Invalidator me, Moves moves) {
        var redis = world.redis();
        int slot = world.db().slot();
        var ready = me.on(redis.master());
        if (!world.db().whole()) {
            boolean withdraws = protocol.has(Guard.POSITION_WITHDRAWN);
            var known = withdraws ? redis.published(Redis.NONE) : redis;
            String does = withdraws ? "starts, withdraws the position" : "starts";
            moves.add(NAME, does, "publication lacks a table", world.with(known).with(ready.at(Stage.MEND)));
        } else if (slot == Database.LOST) {
            var next = protocol.has(Guard.SLOT_BEFORE_PURGE) ? ready.at(Stage.MAKE_SLOT) : purge(ready);
            moves.add(NAME, "starts", "no slot", world.with(next));
        } else if (slot > redis.position() && protocol.has(Guard.GAP_NOTICED)) {
            var settling = ready.keptFrom(slot).batch(Stage.SETTLE, slot, slot);
            moves.add(NAME, "starts", "slot ahead of the position", world.with(settling));
        } else if (redis.positionOf() != redis.master() && protocol.has(Guard.START_CHECKS_MASTER)) {
            int position = Math.max(slot, redis.position());
            var taking = ready.keptFrom(slot).batch(Stage.START, position, position);
            moves.add(NAME, "starts", "published on another master", world.with(taking.at(afterTaking())));
        } else {
            moves.add(NAME, "starts", world.with(Invalidator.idle(slot, slot, redis.master())));
        }
    }

    private void mend(World world, Invalidator me, Moves moves) {
        var mended = world.with(world.db().withWholePublication(true));
        int slot = Math.max(0, world.db().slot());
        var settling = me.keptFrom(slot).batch(Stage.SETTLE, slot, slot);
        moves.add(NAME, "mends the publication", mended.with(settling));
    }

    /** What was missed may not be visible yet: who loads after the purge must see it. */
    private void settle(World world, Invalidator me, Moves moves) {
        if (world.db().showsAllCommits() || !protocol.has(Guard.PURGE_AFTER_VISIBLE)) {
            moves.add(NAME, "goes on to purge", world.with(purge(me)));
        }
    }

    /** As PostgreSQL does it: the slot starts where all that committed before is visible. */
    private void makeSlot(World world, Invalidator me, Moves moves) {
        var db = world.db();
        int end = db.length();
        if (db.showsAllCommits()) {
            var made = me.keptFrom(end).batch(Stage.MAKE_SLOT, end, end);
            boolean purges = protocol.has(Guard.SLOT_BEFORE_PURGE) && protocol.has(Guard.GAP_NOTICED);
            moves.add(
                    NAME,
                    "makes a new slot",
                    world.with(db.slotAt(end)).with(purges ? purge(made) : made.at(Stage.PUBLISH)));
        }
    }

    private Invalidator purge(Invalidator me) {
        return protocol.has(Guard.PURGE_FENCES_FIRST) ? me.at(Stage.PURGE_FENCES) : me.at(Stage.PURGE_KEYS, ALL_KEYS);
    }

    private void purgeFences(World world, Invalidator me, Moves moves) {
        var next = protocol.has(Guard.PURGE_FENCES_FIRST) ? me.at(Stage.PURGE_KEYS, ALL_KEYS) : purged(me);
        moves.add(
                NAME,
                "purge: drops the fence sets",
                world.with(world.redis().withoutFences()).with(next));
    }

    /** Keys are found in any order, some at a time. */
    private void purgeKeys(World world, Invalidator me, Moves moves) {
        var redis = world.redis();
        if ((me.todo() & ENTRY) != 0) {
            var gone = redis.withEntry(Redis.NONE);
            moves.add(NAME, "purge: unlinks the entry", world.with(gone).with(keysLeft(me, ENTRY)));
        }
        for (Row row : Row.values()) {
            if (row.in(me.todo())) {
                var gone = redis.withListed(redis.listed() & ~row.bit);
                moves.add(NAME, "purge: unlinks a tag set", world.with(gone).with(keysLeft(me, row.bit)));
            }
        }
    }

    private Invalidator keysLeft(Invalidator me, int done) {
        int rest = me.todo() & ~done;
        if (rest != 0) {
            return me.at(Stage.PURGE_KEYS, rest);
        }
        return protocol.has(Guard.PURGE_FENCES_FIRST) ? purged(me) : me.at(Stage.PURGE_FENCES, 0);
    }

    private Invalidator purged(Invalidator me) {
        return me.at(protocol.has(Guard.SLOT_BEFORE_PURGE) ? Stage.PUBLISH : Stage.MAKE_SLOT, 0);
    }

    private Stage afterTaking() {
        return protocol.has(Guard.FAILOVER_DROPS_FENCES) ? Stage.DROP_FENCES : Stage.EVICT;
    }

    /** After a failover: what this master lacks is evicted again, or everything if that is not remembered. */
    private void takeOnMaster(World world, Invalidator me, Moves moves) {
        var redis = world.redis();
        var ready = me.on(redis.master());
        int position = redis.position();
        if (position < me.kept()) {
            moves.add(NAME, "takes on the master", "its position is too old", world.with(purge(ready)));
            return;
        }
        int from = protocol.has(Guard.FAILOVER_REPEATS) ? Math.min(position, me.from()) : me.from();
        var again = ready.batch(afterTaking(), from, me.to());
        int rows = protocol.covered(world.db().delivers(from, me.to()));
        moves.add(NAME, "takes on the master, reads its position", world.with(again.at(afterTaking(), rows)));
    }
}
