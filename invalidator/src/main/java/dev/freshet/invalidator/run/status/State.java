// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.status;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What the invalidator is doing. */
public enum State {
    /** Connecting, checking, purging if changes may have been missed. */
    STARTING,
    /** Another instance works on the slot. This one takes over when the other one ends. */
    STANDBY,
    /** A program other than Freshet streams from the slot. This instance continues when that program ends. */
    SLOT_IN_USE,
    /** Reading the changes from before its start. */
    CATCHING_UP,
    /** Up to date: a marker written after the start has come back. */
    STREAMING,
    /** Redis does not accept evictions. They are retried, and nothing is acknowledged until they succeed. */
    WAITING_FOR_REDIS,
    /** An operator paused it. It keeps the slot, and neither evicts nor publishes. */
    PAUSED,
    /** Something failed. It is retried from the slot. */
    FAILED,
    /** It cannot continue until a person fixes something, such as a revoked right. It keeps retrying. */
    BLOCKED,
    /** It may not run because of another instance. It ends. */
    REFUSED,
    STOPPED;

    private Set<State> next() {
        return switch (this) {
            case STARTING -> EnumSet.of(STANDBY, SLOT_IN_USE, CATCHING_UP, PAUSED, FAILED, BLOCKED, REFUSED, STOPPED);
            case STANDBY -> EnumSet.of(STARTING, FAILED, BLOCKED, REFUSED, STOPPED);
            case SLOT_IN_USE -> EnumSet.of(STARTING, PAUSED, FAILED, BLOCKED, STOPPED);
            // Both start anew when the mapping was reloaded.
            case CATCHING_UP -> EnumSet.of(STREAMING, PAUSED, STARTING, FAILED, BLOCKED, STOPPED);
            case STREAMING -> EnumSet.of(PAUSED, STARTING, FAILED, BLOCKED, STOPPED);
            case PAUSED -> EnumSet.of(STARTING, FAILED, BLOCKED, STOPPED);
            // Both last through retries until one gets somewhere, so that the reported failure does not flicker.
            case FAILED, BLOCKED ->
                EnumSet.of(STARTING, STANDBY, SLOT_IN_USE, CATCHING_UP, PAUSED, FAILED, BLOCKED, REFUSED, STOPPED);
            // Never entered: it is what a working state shows while Redis is down.
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

    /** As spelled in output, such as {@code catching-up}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
