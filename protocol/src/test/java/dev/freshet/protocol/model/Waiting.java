// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol.model;

/** A thread that asks for the key that reader 1 may be loading, and may get its value when the flight lands. */
record Waiting(Protocol protocol) implements Actor {
    private static final String NAME = "waiter";

    @Override
    public void act(World world, Moves moves) {
        var waiter = world.waiter();
        var leader = world.first();
        if (waiter.phase() == Waiter.Phase.IDLE && waiter.questions() > 0) {
            moves.add(NAME, "asks", world.with(waiter.asks(world.promised())));
        }
        boolean early = leader.phase() == Reader.Phase.IN_FLIGHT || leader.phase() == Reader.Phase.LOADED;
        boolean landing = leader.phase() == Reader.Phase.STORED || leader.phase() == Reader.Phase.REFUSED;
        boolean stands = early || landing || leader.phase() == Reader.Phase.SEALED;
        if (waiter.phase() == Waiter.Phase.ASKED && stands) {
            moves.add(NAME, "joins the flight", world.with(waiter.joins(early)));
        }
        if (landing) {
            land(world, waiter, leader, moves);
        }
    }

    private void land(World world, Waiter waiter, Reader leader, Moves moves) {
        var landed = world.withReader(true, Reader.idle(leader.loads()));
        if (waiter.phase() != Waiter.Phase.JOINED) {
            moves.add("reader 1", "lands", landed);
        } else if (waiter.mayTake(leader.phase() == Reader.Phase.STORED, protocol)) {
            moves.read(
                    NAME,
                    "the flight lands: takes its value",
                    leader.value(),
                    waiter.required(),
                    landed.with(Waiter.idle(waiter.questions())));
        } else {
            moves.add(NAME, "the flight lands: asks again", landed.with(waiter.asksAgain()));
        }
    }
}
