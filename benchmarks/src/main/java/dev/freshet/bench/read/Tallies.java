// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.read;

import dev.freshet.bench.history.Protocol;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** All counts of a run. Thread-safe. */
public final class Tallies {
    /**
     * What is counted together.
     *
     * @param level of a baseline: that which comes closest to what it promises
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

    /** The groups that were read, in order. */
    public List<Group> groups() {
        return tallies.keySet().stream()
                .sorted(Comparator.comparing(Group::protocol)
                        .thenComparing(Group::level)
                        .thenComparing(Group::http))
                .toList();
    }

    /** Reads of a protocol that were checked. */
    public long checked(Protocol protocol) {
        return tallies.entrySet().stream()
                .filter(entry -> entry.getKey().protocol() == protocol)
                .mapToLong(entry -> entry.getValue().checked())
                .sum();
    }

    /** Answers of a protocol that broke what was promised. */
    public long wrong(Protocol protocol) {
        return tallies.entrySet().stream()
                .filter(entry -> entry.getKey().protocol() == protocol)
                .mapToLong(entry -> entry.getValue().wrong())
                .sum();
    }

    /** Reads of ours for which no position was known to hold. */
    public long unjudged() {
        return tallies.entrySet().stream()
                .filter(entry -> entry.getKey().protocol() == Protocol.FRESHET)
                .mapToLong(entry -> entry.getValue().unjudged())
                .sum();
    }

    /** The first wrong answers, with all that is known of them. */
    public Witness witness() {
        return witness;
    }

    /** Something that differs after everything has come to rest. */
    public void different(Protocol protocol, String text) {
        of(new Group(protocol, Level.EVENTUAL, false)).different();
        witness.tell(protocol, "different: " + text);
    }

    void overEvicted() {
        overEvicted.increment();
    }

    /** Loads after a miss that found the very value that had been stored last. */
    public long overEvictions() {
        return overEvicted.sum();
    }
}
