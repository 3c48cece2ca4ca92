// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** Writers, PostgreSQL, Redis, the invalidator and readers, as one protocol has them act. */
final class FreshetModel implements Model<World> {
    private static final Comparator<Reader> ANY_ORDER = Comparator.<Reader>comparingInt(
                    reader -> reader.phase().ordinal())
            .thenComparingInt(Reader::loads)
            .thenComparingInt(Reader::value)
            .thenComparingInt(Reader::asked)
            .thenComparingInt(Reader::kept)
            .thenComparingInt(Reader::since)
            .thenComparingInt(
                    reader -> reader.token() == null ? -1 : reader.token().time())
            .thenComparingInt(
                    reader -> reader.token() == null ? -1 : reader.token().set());

    private final Scenario scenario;
    private final Protocol protocol;
    private final List<Actor> actors = new ArrayList<>();

    FreshetModel(Scenario scenario, Protocol mutant) {
        this.scenario = scenario;
        this.protocol = mutant.covering(scenario.covered());
        actors.add(new Writers(scenario.planned()));
        actors.add(new Invalidating(protocol));
        actors.add(new Starting(protocol));
        actors.add(new Reading(true, scenario.hasWaiter(), scenario.hasFailovers(), scenario.isFleet(), protocol));
        actors.add(new Reading(false, false, scenario.hasFailovers(), scenario.isFleet(), protocol));
        if (scenario.isFleet()) {
            actors.add(new FleetReading(true, protocol));
            actors.add(new FleetReading(false, protocol));
        }
        if (scenario.hasWaiter()) {
            actors.add(new Waiting(protocol));
        }
        actors.add(new Nature(scenario.oldMasterAnswers()));
    }

    @Override
    public World initial() {
        var history = scenario.changes.contains(Change.CREATE_TASK) ? List.<Change>of() : List.of(Change.CREATE_TASK);
        int done = history.size();
        int visible = history.stream().mapToInt(change -> change.bit).sum();
        var clock = new Clock(2, false, Times.NEVER, Times.NEVER);
        return new World(
                new Database(history, visible, done, true, 0, 0),
                redis(clock, visible).published(done),
                null,
                null,
                Invalidator.idle(done, done, 0),
                Reader.idle(scenario.loadsOfFirst),
                Reader.idle(scenario.loadsOfSecond),
                scenario.hasWaiter() ? Waiter.idle(2) : null,
                done,
                scenario.mishaps);
    }

    private Redis redis(Clock clock, int visible) {
        var empty = Redis.empty(0, clock);
        int entry = Value.of(visible);
        return scenario.covered() == Row.ALL_ROWS
                ? empty
                : empty.withEntry(entry).withListed(protocol.tags(entry));
    }

    @Override
    public void steps(World world, Consumer<Step<World>> found) {
        var moves = new Moves(scenario.exactClocks(), found);
        for (Actor actor : actors) {
            actor.act(world, moves);
        }
    }

    /** Readers are alike, but for the one that others wait for. */
    @Override
    public String key(World world) {
        boolean swap = !scenario.hasWaiter() && ANY_ORDER.compare(world.first(), world.second()) > 0;
        return (swap ? world.withReadersSwapped() : world).key();
    }
}
