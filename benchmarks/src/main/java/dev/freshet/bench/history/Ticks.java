// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.history;

/** Nanoseconds since this class was loaded; never negative, so that plain comparisons are right. */
public final class Ticks {
    private static final long ORIGIN = System.nanoTime();

    private Ticks() {}

    /** Now. */
    public static long now() {
        return System.nanoTime() - ORIGIN;
    }
}
