// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.warming;

import java.util.Locale;

/** The outcome of warming a hot key that changed. */
public enum WarmingOutcome {
    /** It was loaded ahead of the next read. */
    LOADED,
    /** It was loaded and not stored, as it changed again meanwhile: loaded once more, twice at most. */
    OVERTAKEN,
    /** Redis already has it. */
    PRESENT,
    /** Another reader is loading it, or a read in this process is. */
    ELSEWHERE,
    /** Too many loads per second, or too many at a time: left to the next read. */
    OVER_BUDGET,
    /** Redis or the loader failed: left to the next read. */
    FAILED;

    /** As used in metrics. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
