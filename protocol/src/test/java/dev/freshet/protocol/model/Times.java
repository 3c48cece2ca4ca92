// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol.model;

/**
 * Renumbers the moments of a state, and the fence sets: only their order matters, and so there are finitely many states.
 * Moments that are noted keep their order; the others keep theirs to those that are noted.
 */
final class Times {
    /** Earlier than every moment. */
    static final int NEVER = -1;

    private long known;
    private long sets;
    private int earliestToken = Integer.MAX_VALUE;

    void note(int time) {
        if (time > 0) {
            known |= bit(time);
        }
    }

    void noteToken(Token token) {
        note(token.time());
        noteSet(token.set());
        earliestToken = Math.min(earliestToken, token.time());
    }

    void noteSet(int set) {
        sets |= bit(set);
    }

    /** A fence that is older than every token will not refuse any: later tokens are later than it. */
    int forgottenIfIdle(int fence) {
        return fence < earliestToken ? NEVER : fence;
    }

    /** Whether the clock must pass other moments to be the latest. */
    int firstAfter(int time) {
        long later = known & ~((bit(time) << 1) - 1);
        return later == 0 ? NEVER : Long.numberOfTrailingZeros(later);
    }

    int renumbered(int time) {
        if (time <= 0) {
            return time;
        }
        int earlier = Long.bitCount(known & (bit(time) - 1));
        return 2 * earlier + ((known & bit(time)) == 0 ? 1 : 2);
    }

    int renumberedSet(int set) {
        return Long.bitCount(sets & (bit(set) - 1));
    }

    Token renumbered(Token token) {
        return new Token(renumberedSet(token.set()), renumbered(token.time()));
    }

    private static long bit(int number) {
        if (number < 0 || number >= Long.SIZE) {
            throw new IllegalArgumentException(number + " is not between 0 and " + (Long.SIZE - 1));
        }
        return 1L << number;
    }
}
