// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.count;

import dev.freshet.lab.race.history.Protocol;
import dev.freshet.lab.race.source.ConsistencyLevel;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** All counters of a run. Thread-safe. */
public final class ReadCounters {
    /**
     * A group of reads that are counted together.
     *
     * @param level for a baseline, the level closest to what it promises
     */
    public record Group(Protocol protocol, ConsistencyLevel level, Via via) {}

    private final ConcurrentHashMap<Group, ReadCounter> counters = new ConcurrentHashMap<>();
    private final ViolationLog violationLog = new ViolationLog();
    private final LongAdder overEvicted = new LongAdder();

    /** The counter of a group. */
    public ReadCounter of(Group group) {
        return counters.computeIfAbsent(group, ignored -> new ReadCounter());
    }

    /** The groups with reads, in order. */
    public List<Group> groups() {
        return counters.keySet().stream()
                .sorted(Comparator.comparing(Group::protocol)
                        .thenComparing(Group::level)
                        .thenComparing(Group::via))
                .toList();
    }

    /** The number of checked reads of a protocol. */
    public long checked(Protocol protocol) {
        return counters.entrySet().stream()
                .filter(entry -> entry.getKey().protocol() == protocol)
                .mapToLong(entry -> entry.getValue().checked())
                .sum();
    }

    /** The number of checked reads that went that way. */
    public long checked(Via via) {
        return counters.entrySet().stream()
                .filter(entry -> entry.getKey().via() == via)
                .mapToLong(entry -> entry.getValue().checked())
                .sum();
    }

    /** The number of answers of a protocol that broke its promise. */
    public long wrong(Protocol protocol) {
        return counters.entrySet().stream()
                .filter(entry -> entry.getKey().protocol() == protocol)
                .mapToLong(entry -> entry.getValue().wrong())
                .sum();
    }

    /** The number of Freshet reads for which no valid position was known. */
    public long unjudged() {
        return counters.entrySet().stream()
                .filter(entry -> entry.getKey().protocol() == Protocol.FRESHET)
                .mapToLong(entry -> entry.getValue().unjudged())
                .sum();
    }

    /** The first wrong answers, with all known details. */
    public ViolationLog violationLog() {
        return violationLog;
    }

    /** Records a difference that remains after everything has settled. */
    public void different(Protocol protocol, String text) {
        of(new Group(protocol, ConsistencyLevel.EVENTUAL, Via.LIBRARY)).different();
        violationLog.tell(protocol, "different: " + text);
    }

    public void overEvicted() {
        overEvicted.increment();
    }

    /** The number of loads after a miss that found the same value that had been stored last. */
    public long overEvictions() {
        return overEvicted.sum();
    }
}
