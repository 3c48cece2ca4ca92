// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.fanout;

import java.util.List;

/**
 * What {@link FanoutBench} measures.
 *
 * @param sizes numbers of keys that one change makes stale
 * @param relations between the change and the keys
 * @param repetitions of each in a round, whose median counts; one more comes before, which does not
 */
public record FanoutSettings(List<Long> sizes, List<Relation> relations, int repetitions, int rounds) {
    private static final List<Relation> ALL = List.of(Relation.values());
    private static final int USUAL_REPETITIONS = 5;

    public FanoutSettings {
        sizes = List.copyOf(sizes);
        relations = List.copyOf(relations);
        if (sizes.stream().anyMatch(size -> size < 1)) {
            throw new IllegalArgumentException("--keys: " + sizes + ", expected numbers of 1 or more");
        }
        if (rounds < 1) {
            throw new IllegalArgumentException("--rounds is " + rounds + ", expected 1 or more");
        }
    }

    public static FanoutSettings usual(int rounds) {
        return new FanoutSettings(List.of(1_000L, 10_000L, 100_000L, 1_000_000L), ALL, USUAL_REPETITIONS, rounds);
    }

    /** Fewer keys. */
    public static FanoutSettings quick(int rounds) {
        return new FanoutSettings(List.of(1_000L, 10_000L, 100_000L), ALL, USUAL_REPETITIONS, rounds);
    }

    /** The same with other numbers of keys. */
    public FanoutSettings with(List<Long> otherSizes) {
        return new FanoutSettings(otherSizes, relations, repetitions, rounds);
    }
}
