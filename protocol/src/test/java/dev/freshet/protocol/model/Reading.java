// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol.model;

/**
 * A reader: begin, load, fill.
 *
 * @param fleet whether its process keeps what it was answered, see {@link FleetReading}
 */
record Reading(boolean isFirst, boolean sharesFlights, boolean failovers, boolean fleet, Protocol protocol)
        implements Actor {
    private String name() {
        return isFirst ? "reader 1" : "reader 2";
    }

    @Override
    public void act(World world, Moves moves) {
        act(world, false, moves);
        if (world.old() != null) {
            act(world, true, moves);
        }
    }

    private void act(World world, boolean former, Moves moves) {
        var reader = world.reader(isFirst);
        String where = former ? " on the former master" : "";
        switch (reader.phase()) {
            case IDLE -> idle(world, reader, former, where, moves);
            case MISSED -> {
                if (sharesFlights) {
                    var next = world.with(world.waiter().flightTakesOff());
                    moves.add(name(), "opens a flight", moved(next, reader.at(Reader.Phase.IN_FLIGHT)));
                } else {
                    load(world, reader, moves);
                }
            }
            case IN_FLIGHT -> load(world, reader, moves);
            case LOADED -> {
                if (reader.token() == null) {
                    takeToken(world, reader, former, where, moves);
                } else if (sharesFlights) {
                    moves.add(name(), "seals its flight", moved(world, reader.at(Reader.Phase.SEALED)));
                } else {
                    fill(world, reader, former, where, moves);
                }
            }
            case SEALED -> fill(world, reader, former, where, moves);
            default -> {
                // It lands: see Waiting.
            }
        }
    }

    private World moved(World world, Reader reader) {
        return world.withReader(isFirst, reader);
    }

    private void idle(World world, Reader reader, boolean former, String where, Moves moves) {
        var server = world.server(former);
        if (failovers && !protocol.has(Guard.POSITION_WITH_ENTRY) && reader.asked() == Redis.NONE) {
            moves.add(name(), "asks for the position" + where, moved(world, reader.asked(server.position())));
            return;
        }
        if (server.isHit(protocol)) {
            int required = failovers ? Math.max(server.position(), reader.asked()) : world.promised();
            moves.read(
                    name(),
                    "begin" + where + ": hit",
                    server.entry(),
                    required,
                    moved(world, kept(reader.asked(Redis.NONE), server.entry(), world.promised())));
        } else if (reader.loads() > 0) {
            int set = world.newSet();
            boolean early = protocol.has(Guard.TOKEN_BEFORE_LOAD);
            var next = early ? world.withServer(former, server.begun(set, protocol)) : world;
            var missed = reader.missed(early ? server.token(set, protocol) : null);
            moves.add(name(), "begin" + where + ": miss", moved(next, fleet ? missed.asked(world.promised()) : missed));
        }
    }

    private void load(World world, Reader reader, Moves moves) {
        int value = Value.of(world.db().visible());
        moves.add(name(), "loads", Value.text(value), moved(world, kept(reader.loaded(value), value, reader.asked())));
    }

    private Reader kept(Reader reader, int value, int since) {
        return fleet ? reader.keeps(value, since) : reader;
    }

    private void takeToken(World world, Reader reader, boolean former, String where, Moves moves) {
        int set = world.newSet();
        var server = world.server(former);
        moves.add(
                name(),
                "takes a token" + where,
                moved(
                        world.withServer(former, server.begun(set, protocol)),
                        reader.withToken(server.token(set, protocol))));
    }

    private void fill(World world, Reader reader, boolean former, String where, Moves moves) {
        var server = world.server(former);
        var outcome = server.judge(reader.token(), reader.value(), protocol);
        boolean stored = outcome == FillOutcome.STORED;
        var filled = stored ? world.withServer(former, server.stored(reader.value(), protocol)) : world;
        if (fleet) {
            new FleetReading(isFirst, protocol).filled(filled, outcome, moves);
            return;
        }
        moves.add(name(), "fill" + where, outcome.text, moved(filled, after(reader, stored)));
        if (stored && world.left().has(Mishap.FILL_BREAKS_OFF)) {
            var half =
                    world.spend(Mishap.FILL_BREAKS_OFF).withServer(former, server.halfStored(reader.value(), protocol));
            moves.add(name(), "fill" + where, "breaks off halfway", moved(half, after(reader, false)));
        }
    }

    private Reader after(Reader reader, boolean stored) {
        if (!sharesFlights) {
            return Reader.idle(reader.loads());
        }
        return reader.at(stored ? Reader.Phase.STORED : Reader.Phase.REFUSED).withToken(null);
    }
}
