// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.store;

import java.util.Locale;

/** The outcome of a fill: the reply of Redis, or a refusal decided without asking Redis. */
public enum FillOutcome {
    STORED,
    /** One of the tags was purged after the load began. */
    FENCED,
    /** The fence set is not the one that issued the token, so purges since then are unknown. */
    LOST,
    /** The load took too long: its token is older than half the lifetime of a fence. */
    OLD,
    /** The value has a tag of a kind that nobody evicts. */
    UNCOVERED,
    /** No invalidator publishes in the namespace. */
    NO_INVALIDATOR,
    /** The invalidator of the namespace works on a database other than the loader's. */
    FOREIGN,
    /** The entry is larger than allowed. */
    TOO_LARGE,
    /** The loader asked for it not to be stored. */
    UNWANTED;

    /** Parses the reply of the script. */
    static FillOutcome of(String answer) {
        return valueOf(answer.split(" ", 2)[0].toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** Whether the value was refused because nobody would evict it. */
    boolean nobodyEvicts() {
        return this == UNCOVERED || this == NO_INVALIDATOR || this == FOREIGN;
    }

    /** As used in metrics. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
