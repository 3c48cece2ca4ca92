// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.history;

/** Time in nanoseconds since this class was loaded. Never negative, so that values can be compared directly. */
public final class Ticks {
    private static final long ORIGIN = System.nanoTime();

    private Ticks() {}

    /** The current time. */
    public static long now() {
        return System.nanoTime() - ORIGIN;
    }
}
