// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import dev.freshet.cache.read.ReadStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How a read was answered. */
public enum CacheStatus {
    /** From Redis. */
    HIT,
    /** From the memory of this process, which is known to have received every change up to a moment ago. */
    NEAR,
    /** From the memory of this process, because Redis did not answer. */
    MEMORY,
    /** Loaded and stored. */
    MISS,
    /**
     * Loaded but not stored: the value may have become stale during the load, or is too large. It is correct for this
     * caller.
     */
    REFUSED,
    /**
     * Loaded but not stored: the value has a tag of a kind that the invalidator of this namespace does not evict. The
     * log states what to change.
     */
    UNCOVERED,
    /** Loaded but not stored: no invalidator for the reader's database publishes in this namespace. */
    NO_INVALIDATOR,
    /** Loaded because the position published in Redis does not prove that the cache is fresh enough for this read. */
    BEHIND,
    /**
     * Loaded because the read asked for it, or because Redis did not answer. Also used if the outcome of the fill is
     * unknown.
     */
    BYPASS,
    /**
     * The load failed, so this is the last value that this process got; see {@link FreshetCacheBuilder#failSafe}. It
     * may be out of date, by at most {@link CacheResult#age()}. Only at level eventual.
     */
    STALE;

    static CacheStatus of(ReadStatus status) {
        return valueOf(status.name());
    }

    /** All statuses, as used in metrics. */
    static List<String> names() {
        return Arrays.stream(values()).map(CacheStatus::toString).toList();
    }

    /** As used in metrics and in HTTP responses, such as {@code no-invalidator}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
