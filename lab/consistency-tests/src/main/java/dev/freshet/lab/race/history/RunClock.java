// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.history;

/** Time in nanoseconds since this class was loaded. Never negative, so that values can be compared directly. */
public final class RunClock {
    private static final long ORIGIN = System.nanoTime();

    private RunClock() {}

    /** The current time. */
    public static long now() {
        return System.nanoTime() - ORIGIN;
    }
}
