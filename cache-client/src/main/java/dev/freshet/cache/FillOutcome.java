// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import java.util.Locale;

/** Redis' answer to "fill", and the refusals that need no Redis. */
enum FillOutcome {
    STORED(CacheStatus.MISS),
    /** One of the tags was purged after the load began. */
    FENCED(CacheStatus.REFUSED),
    /** The fence set is not the one that gave the token: nobody knows what was purged meanwhile. */
    LOST(CacheStatus.REFUSED),
    /** The load took longer than fences are kept. */
    OLD(CacheStatus.REFUSED),
    /** Nobody evicts one of its kinds of tags. */
    UNCOVERED(CacheStatus.UNCOVERED),
    /** No invalidator publishes in the namespace. */
    NO_INVALIDATOR(CacheStatus.NO_INVALIDATOR),
    /** The invalidator of the namespace works on another database than the loader. */
    FOREIGN(CacheStatus.NO_INVALIDATOR),
    /** The entry is larger than allowed. */
    TOO_LARGE(CacheStatus.REFUSED);

    private final CacheStatus status;

    FillOutcome(CacheStatus status) {
        this.status = status;
    }

    /** Reads what the script answers. */
    static FillOutcome of(String answer) {
        return valueOf(answer.split(" ", 2)[0].toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** Of the read whose value was offered. */
    CacheStatus status() {
        return status;
    }

    /** Whether it says that nobody would evict the value. */
    boolean nobodyEvicts() {
        return status == CacheStatus.UNCOVERED || status == CacheStatus.NO_INVALIDATOR;
    }

    /** As it stands in metrics. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
