// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol.model;

/**
 * The fence set of the isolate.
 *
 * @param set which one it is: what {@code ~created} tells apart. No two sets of an isolate are made in the same
 *     microsecond
 * @param created when it was made
 * @param clock {@code ~clock}, the last moment given out
 */
record Fences(int set, int created, int clock, int task, int first, int second) {
    static Fences createdAt(int set, int time) {
        return new Fences(set, time, time, Times.NEVER, Times.NEVER, Times.NEVER);
    }

    /** The next moment of the isolate. */
    int next(int wall, Protocol protocol) {
        if (!protocol.has(Guard.MONOTONIC_CLOCK)) {
            return wall;
        }
        return Math.max(wall, protocol.has(Guard.STRICT_CLOCK) ? clock + 1 : clock);
    }

    Fences withClock(int time) {
        return new Fences(set, created, time, task, first, second);
    }

    Fences fenced(int rows, int time) {
        return new Fences(
                set,
                created,
                time,
                Row.TASK.in(rows) ? time : task,
                Row.FIRST.in(rows) ? time : first,
                Row.SECOND.in(rows) ? time : second);
    }

    Fences trimmed(int full) {
        return new Fences(
                set,
                created,
                clock,
                task <= full ? Times.NEVER : task,
                first <= full ? Times.NEVER : first,
                second <= full ? Times.NEVER : second);
    }

    /** Whether this set knows nothing of what was purged since the token. */
    boolean isAnotherThan(Token token, Protocol protocol) {
        if (protocol.has(Guard.SET_IS_THE_SAME)) {
            return token.set() != set;
        }
        return protocol.has(Guard.SET_IS_OLDER) && created > token.time();
    }

    boolean refuses(Token token, int rows, Protocol protocol) {
        return protocol.has(Guard.FENCE_CHECK)
                && (Row.TASK.in(rows) && isSince(token, task, protocol)
                        || Row.FIRST.in(rows) && isSince(token, first, protocol)
                        || Row.SECOND.in(rows) && isSince(token, second, protocol));
    }

    private static boolean isSince(Token token, int fence, Protocol protocol) {
        return protocol.has(Guard.FENCE_AT_THE_TOKENS_TIME) ? fence >= token.time() : fence > token.time();
    }

    Fences withoutIdle(Times times) {
        return new Fences(
                set,
                created,
                clock,
                times.forgottenIfIdle(task),
                times.forgottenIfIdle(first),
                times.forgottenIfIdle(second));
    }

    void pack(Key key) {
        key.add(set).add(created).add(clock).add(task).add(first).add(second);
    }

    void note(Times times) {
        times.noteSet(set);
        times.note(task);
        times.note(first);
        times.note(second);
    }

    void noteClock(Times times) {
        times.note(created);
        times.note(clock);
    }

    Fences renumbered(Times times) {
        return new Fences(
                times.renumberedSet(set),
                times.renumbered(created),
                times.renumbered(clock),
                times.renumbered(task),
                times.renumbered(first),
                times.renumbered(second));
    }
}
