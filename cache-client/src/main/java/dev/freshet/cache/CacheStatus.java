// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import java.util.Locale;

/** How a read was answered. */
public enum CacheStatus {
    /** From Redis. */
    HIT,
    /** From the memory of this process, which is known to have heard of every change until just now. */
    NEAR,
    /** From the memory of this process, as Redis does not answer. */
    MEMORY,
    /** Loaded and stored. */
    MISS,
    /** Loaded, and not stored: it went stale while it was loaded, or is too large. Right for this caller. */
    REFUSED,
    /**
     * Loaded, and not stored: the invalidator of this namespace does not evict one of the kinds of tags that the value has.
     * What it has to do with is in the log.
     */
    UNCOVERED,
    /** Loaded, and not stored: no invalidator that works on the reader's database publishes in this namespace. */
    NO_INVALIDATOR,
    /** Loaded because the position that is published in Redis does not prove the cache fresh enough for this read. */
    BEHIND,
    /** Loaded because the read asked for it, or Redis did not answer; or stored with an outcome that nobody knows. */
    BYPASS;

    /** As it stands in metrics, and in answers over HTTP: {@code no-invalidator}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
