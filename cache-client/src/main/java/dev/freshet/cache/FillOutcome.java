// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import java.util.Locale;

/** The outcome of a fill: the reply of Redis, or a refusal decided without asking Redis. */
enum FillOutcome {
    STORED(CacheStatus.MISS),
    /** One of the tags was purged after the load began. */
    FENCED(CacheStatus.REFUSED),
    /** The fence set is not the one that issued the token, so purges since then are unknown. */
    LOST(CacheStatus.REFUSED),
    /** The load took too long: its token is older than half the lifetime of a fence. */
    OLD(CacheStatus.REFUSED),
    /** The value has a tag of a kind that nobody evicts. */
    UNCOVERED(CacheStatus.UNCOVERED),
    /** No invalidator publishes in the namespace. */
    NO_INVALIDATOR(CacheStatus.NO_INVALIDATOR),
    /** The invalidator of the namespace works on a database other than the loader's. */
    FOREIGN(CacheStatus.NO_INVALIDATOR),
    /** The entry is larger than allowed. */
    TOO_LARGE(CacheStatus.REFUSED);

    private final CacheStatus status;

    FillOutcome(CacheStatus status) {
        this.status = status;
    }

    /** Parses the reply of the script. */
    static FillOutcome of(String answer) {
        return valueOf(answer.split(" ", 2)[0].toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** The status of the read whose value was offered. */
    CacheStatus status() {
        return status;
    }

    /** Whether the value was refused because nobody would evict it. */
    boolean nobodyEvicts() {
        return status == CacheStatus.UNCOVERED || status == CacheStatus.NO_INVALIDATOR;
    }

    /** As used in metrics. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
