// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What the invalidator is doing. */
public enum State {
    /** Connecting, checking, purging if changes may have been missed. */
    STARTING,
    /** Another instance works on the slot; this one takes over when it goes. */
    STANDBY,
    /** Another program than Freshet streams from the slot; this goes on when it ends. */
    SLOT_IN_USE,
    /** Reading what happened before it was there. */
    CATCHING_UP,
    /** Up to date: a marker written after the start has come back. */
    STREAMING,
    /** Redis does not accept evictions; they are retried, and nothing is acknowledged meanwhile. */
    WAITING_FOR_REDIS,
    /** Something broke; it is tried again from the slot. */
    FAILED,
    /** It cannot go on before a person has mended something, such as a right that was taken; it is tried again all the time. */
    BLOCKED,
    /** Another instance has what this one would work on. It ends. */
    REFUSED,
    STOPPED;

    private Set<State> next() {
        return switch (this) {
            case STARTING -> EnumSet.of(STANDBY, SLOT_IN_USE, CATCHING_UP, FAILED, BLOCKED, REFUSED, STOPPED);
            case STANDBY -> EnumSet.of(STARTING, FAILED, BLOCKED, REFUSED, STOPPED);
            case SLOT_IN_USE -> EnumSet.of(STARTING, FAILED, BLOCKED, STOPPED);
            case CATCHING_UP -> EnumSet.of(STREAMING, FAILED, BLOCKED, STOPPED);
            case STREAMING -> EnumSet.of(FAILED, BLOCKED, STOPPED);
            // Both stay while it is tried again, until something is reached: the story of a failure must not flicker.
            case FAILED, BLOCKED ->
                EnumSet.of(STARTING, STANDBY, SLOT_IN_USE, CATCHING_UP, FAILED, BLOCKED, REFUSED, STOPPED);
            // Not a step of its own: what a working state shows while Redis is away.
            case WAITING_FOR_REDIS, REFUSED, STOPPED -> EnumSet.noneOf(State.class);
        };
    }

    boolean mayBecome(State other) {
        return next().contains(other);
    }

    /** True between a failure and the next success. */
    boolean hasFailed() {
        return this == FAILED || this == BLOCKED;
    }

    /** True while evictions are or would be sent to Redis. */
    boolean works() {
        return this == STARTING || this == CATCHING_UP || this == STREAMING || hasFailed();
    }

    /** As it stands in output, such as {@code catching-up}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
