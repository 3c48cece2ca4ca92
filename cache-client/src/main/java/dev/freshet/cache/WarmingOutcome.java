// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import java.util.Locale;

/** How warming a hot key that changed came out. */
enum WarmingOutcome {
    /** It was loaded ahead of the next read. */
    LOADED,
    /** Redis has it already. */
    PRESENT,
    /** Another reader loads it, or a read here does. */
    ELSEWHERE,
    /** Too many a second, or too many at a time: left to the next read. */
    OVER_BUDGET,
    /** Redis or the loader failed: left to the next read. */
    FAILED;

    /** As it stands in metrics. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
