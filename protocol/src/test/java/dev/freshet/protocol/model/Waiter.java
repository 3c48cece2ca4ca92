// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol.model;

/**
 * A thread of reader 1's process that asks for the same key. See {@code Flight}.
 *
 * @param required the position that was published when it asked
 * @param askedBeforeLoad whether the flight that stands took off after it asked
 * @param beforeFill whether it joined before the fill was sent
 * @param questions how many more times it may ask
 */
record Waiter(Phase phase, int required, boolean askedBeforeLoad, boolean beforeFill, int questions) {
    enum Phase {
        IDLE,
        ASKED,
        JOINED
    }

    static Waiter idle(int questions) {
        return new Waiter(Phase.IDLE, 0, false, false, questions);
    }

    void pack(Key key) {
        key.add(phase.ordinal())
                .add(required)
                .add(askedBeforeLoad)
                .add(beforeFill)
                .add(questions);
    }

    Waiter asks(int published) {
        return new Waiter(Phase.ASKED, published, false, false, questions - 1);
    }

    Waiter flightTakesOff() {
        return phase == Phase.ASKED ? new Waiter(phase, required, true, false, questions) : this;
    }

    Waiter joins(boolean early) {
        return new Waiter(Phase.JOINED, required, askedBeforeLoad, early, questions);
    }

    Waiter asksAgain() {
        return new Waiter(Phase.ASKED, required, false, false, questions);
    }

    boolean mayTake(boolean stored, Protocol protocol) {
        return askedBeforeLoad
                || (beforeFill || !protocol.has(Guard.WAITER_ASKED_BEFORE_FILL))
                        && (stored || !protocol.has(Guard.WAITER_NEEDS_STORED));
    }
}
