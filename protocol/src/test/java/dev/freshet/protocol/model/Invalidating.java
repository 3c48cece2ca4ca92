// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol.model;

/** The invalidator's way with a batch: gate, evict, publish, acknowledge. */
record Invalidating(Protocol protocol) implements Actor {
    static final String NAME = "invalidator";

    @Override
    public void act(World world, Moves moves) {
        var me = world.invalidator();
        switch (me.stage()) {
            case IDLE -> receive(world, me, moves);
            case GATE -> gate(world, me, moves);
            case DROP_FENCES -> dropFences(world, me, moves);
            case EVICT -> evict(world, me, moves);
            case FENCE_LATE -> fenceLate(world, me, moves);
            case PUBLISH -> publish(world, me, moves);
            case ACKNOWLEDGE -> acknowledge(world, me, moves);
            default -> {
                // See Starting.
            }
        }
    }

    /** The invalidator as it enters a stage of a batch. */
    private Invalidator enter(World world, Invalidator me, Stage stage) {
        if (stage == Stage.IDLE) {
            return Invalidator.idle(me.to(), me.kept(), me.master());
        }
        if (stage != Stage.EVICT) {
            return me.at(stage);
        }
        int changes = world.db().changes(me.from(), me.to());
        boolean drops = Change.TRUNCATE_TASKS.in(changes) && protocol.has(Guard.GLOB_DROPS_FENCES);
        return me.at(
                drops ? Stage.DROP_FENCES : Stage.EVICT,
                protocol.covered(world.db().delivers(me.from(), me.to())));
    }

    private World next(World world, Invalidator me) {
        return world.with(enter(world, me, protocol.after(me.stage())));
    }

    private void receive(World world, Invalidator me, Moves moves) {
        if (world.db().slot() == Database.LOST) {
            moves.add(NAME, "sees the stream broken", world.with(Invalidator.starting()));
            return;
        }
        for (int end = me.to() + 1; end <= world.db().length(); end++) {
            var batch = me.batch(Stage.IDLE, me.to(), end);
            String last = "receives up to '" + world.db().wal().get(end - 1).text + "'";
            moves.add(NAME, last, world.with(enter(world, batch, protocol.first())));
        }
    }

    private void gate(World world, Invalidator me, Moves moves) {
        if (world.db().sees(world.db().changes(me.from(), me.to()))) {
            moves.add(NAME, "finds the batch visible", next(world, me));
        }
    }

    private void dropFences(World world, Invalidator me, Moves moves) {
        moves.add(
                NAME,
                "drops the fence sets",
                world.with(world.redis().withoutFences()).with(me.at(Stage.EVICT)));
    }

    /**
     * One call of invalidate.lua: fences all tags that are left, and empties as many of them as its budget allows; none
     * if other entries used it up.
     */
    private void evict(World world, Invalidator me, Moves moves) {
        int rows = found(world, me);
        if (rows == Row.NO_ROWS) {
            moves.add(NAME, "has nothing to evict", next(world, me));
            return;
        }
        if (!protocol.has(Guard.FENCE_BEFORE_UNLINK)) {
            moves.add(
                    NAME,
                    "unlinks what is under " + Row.text(rows),
                    world.with(world.redis().unlinked(rows)).with(me.at(Stage.FENCE_LATE)));
            return;
        }
        var fenced = world.redis().fenced(rows, protocol);
        if (!me.fenced()) {
            moves.add(
                    NAME,
                    "fences " + Row.text(rows) + ", unlinks a part",
                    world.with(fenced).with(me.partlyDone(rows)));
        }
        int emptied = Row.NO_ROWS;
        for (Row row : Row.values()) {
            if (row.in(rows)) {
                emptied |= row.bit;
                int rest = rows & ~emptied;
                var unlinked = world.with(fenced.unlinked(emptied));
                moves.add(
                        NAME,
                        "fences " + Row.text(rows) + ", unlinks what is under " + Row.text(emptied),
                        rest == Row.NO_ROWS
                                ? next(unlinked, me.at(Stage.EVICT, Row.NO_ROWS))
                                : unlinked.with(me.partlyDone(rest)));
            }
        }
    }

    /** Tags that are looked for by a glob are found only where they have a set. */
    private static int found(World world, Invalidator me) {
        int named = Row.NO_ROWS;
        for (int i = me.from(); i < me.to(); i++) {
            var change = world.db().wal().get(i);
            named |= change.byGlob() ? Row.NO_ROWS : change.row.bit;
        }
        return me.todo() & (named | world.redis().listed());
    }

    private void fenceLate(World world, Invalidator me, Moves moves) {
        var fenced = world.redis().fenced(me.todo(), protocol);
        moves.add(NAME, "fences " + Row.text(me.todo()), next(world.with(fenced), me.at(Stage.EVICT, Row.NO_ROWS)));
    }

    private void publish(World world, Invalidator me, Moves moves) {
        var redis = world.redis();
        var check = me.from() < me.to() ? Guard.PUBLISH_CHECKS_MASTER : Guard.PURGE_CHECKS_MASTER;
        if (redis.master() != me.master() && protocol.has(check)) {
            moves.add(NAME, "publishes", "refused: another master", world.with(me.at(Stage.TAKE_ON_MASTER)));
            return;
        }
        moves.add(
                NAME,
                "publishes the position after '" + world.db().wal().get(me.to() - 1).text + "'",
                next(
                        world.with(redis.published(me.to()))
                                .withPromise(me.to())
                                .with(world.db().afterPublishing()),
                        me));
    }

    private void acknowledge(World world, Invalidator me, Moves moves) {
        if (world.db().slot() == Database.LOST) {
            moves.add(NAME, "cannot acknowledge", world.with(Invalidator.starting()));
            return;
        }
        int slot = Math.max(world.db().slot(), me.to());
        moves.add(NAME, "acknowledges to the slot", next(world.with(world.db().slotAt(slot)), me));
    }
}
