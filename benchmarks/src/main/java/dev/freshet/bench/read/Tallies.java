// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.read;

import dev.freshet.bench.history.Protocol;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** All counters of a run. Thread-safe. */
public final class Tallies {
    /**
     * A group of reads that are counted together.
     *
     * @param level for a baseline, the level closest to what it promises
     * @param http whether the reader-service answered
     */
    public record Group(Protocol protocol, Level level, boolean http) {}

    private final ConcurrentHashMap<Group, Tally> tallies = new ConcurrentHashMap<>();
    private final Witness witness = new Witness();
    private final LongAdder overEvicted = new LongAdder();

    Tally of(Group group) {
        return tallies.computeIfAbsent(group, ignored -> new Tally());
    }

    public Tally get(Group group) {
        return of(group);
    }

    /** The groups with reads, in order. */
    public List<Group> groups() {
        return tallies.keySet().stream()
                .sorted(Comparator.comparing(Group::protocol)
                        .thenComparing(Group::level)
                        .thenComparing(Group::http))
                .toList();
    }

    /** The number of checked reads of a protocol. */
    public long checked(Protocol protocol) {
        return tallies.entrySet().stream()
                .filter(entry -> entry.getKey().protocol() == protocol)
                .mapToLong(entry -> entry.getValue().checked())
                .sum();
    }

    /** The number of answers of a protocol that broke its promise. */
    public long wrong(Protocol protocol) {
        return tallies.entrySet().stream()
                .filter(entry -> entry.getKey().protocol() == protocol)
                .mapToLong(entry -> entry.getValue().wrong())
                .sum();
    }

    /** The number of Freshet reads for which no valid position was known. */
    public long unjudged() {
        return tallies.entrySet().stream()
                .filter(entry -> entry.getKey().protocol() == Protocol.FRESHET)
                .mapToLong(entry -> entry.getValue().unjudged())
                .sum();
    }

    /** The first wrong answers, with all known details. */
    public Witness witness() {
        return witness;
    }

    /** Records a difference that remains after everything has settled. */
    public void different(Protocol protocol, String text) {
        of(new Group(protocol, Level.EVENTUAL, false)).different();
        witness.tell(protocol, "different: " + text);
    }

    void overEvicted() {
        overEvicted.increment();
    }

    /** The number of loads after a miss that found the same value that had been stored last. */
    public long overEvictions() {
        return overEvicted.sum();
    }
}
