// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol.model;

/**
 * What readers of several processes do beside begin, load and fill: they wait for each other's loads, repeat a refresh that
 * was refused, and answer with what they kept where a load fails. A lease may expire at any time, so nobody waits longer
 * than it likes to; and a refresh is a read that nobody asked for.
 */
record FleetReading(boolean isFirst, Protocol protocol) implements Actor {
    @Override
    public void act(World world, Moves moves) {
        var me = world.reader(isFirst);
        if (me.phase() == Reader.Phase.IDLE && !world.redis().isHit(protocol)) {
            if (isLoading(world.reader(!isFirst))) {
                var waits = me.at(Reader.Phase.WAITING).asked(world.promised());
                moves.add(name(isFirst), "begin: leased by the other one", world.withReader(isFirst, waits));
            }
            if (me.kept() != Redis.NONE) {
                boolean eventual = protocol.has(Guard.KEPT_FOR_EVENTUAL);
                moves.read(
                        name(isFirst),
                        "begin: miss; the load fails: what was kept",
                        me.kept(),
                        eventual ? me.since() : world.promised(),
                        world);
            }
        }
        if (me.phase() == Reader.Phase.WAITING) {
            moves.add(
                    name(isFirst), "is told, or waited long enough: asks again", world.withReader(isFirst, me.idle()));
        }
    }

    /** The other one is told that the load is over; with what it found, in a mutant. */
    void filled(World world, FillOutcome outcome, Moves moves) {
        var me = world.reader(isFirst);
        var kept = protocol.has(Guard.KEPT_SINCE_ASKED) ? me : me.keeps(me.value(), world.promised());
        var done = world.withReader(isFirst, kept.idle());
        moves.add(name(isFirst), "fill", outcome.text, done);
        var other = world.reader(!isFirst);
        if (other.phase() == Reader.Phase.WAITING && !protocol.has(Guard.LEASE_WAITER_ASKS_AGAIN)) {
            moves.read(
                    name(!isFirst),
                    "is told: takes the value",
                    me.value(),
                    other.asked(),
                    done.withReader(!isFirst, other.idle()));
        }
        if (outcome == FillOutcome.FENCED && !protocol.has(Guard.REFRESH_LOADS_ANEW)) {
            int set = world.newSet();
            var token = world.redis().token(set, protocol);
            moves.add(
                    name(isFirst),
                    "takes another token for the same value",
                    world.with(world.redis().begun(set, protocol)).withReader(isFirst, me.withToken(token)));
        }
    }

    private static boolean isLoading(Reader other) {
        return other.phase() == Reader.Phase.MISSED || other.phase() == Reader.Phase.LOADED;
    }

    private static String name(boolean first) {
        return first ? "reader 1" : "reader 2";
    }
}
