// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.reader;

import java.util.List;

/** A way to read. */
enum Way {
    /** GET, and SET with a time to live after a load: what the others are compared with. A hit is a plain GET. */
    CACHE_ASIDE("cache-aside"),
    /** Through cache-client; the entry has the tag of its row. */
    FRESHET("freshet"),
    /** The same, with one more tag. */
    FRESHET_1("freshet+1 tag"),
    /** The same, with four more tags. */
    FRESHET_4("freshet+4 tags"),
    /** Through cache-client with a near cache, which holds all keys. */
    NEAR("near"),
    /** Each read is a query. */
    NO_CACHE("no cache");

    /** What keys hold, and whether they are there. */
    enum Case {
        HIT("hit", List.of(Way.values())),
        MISS("miss", List.of(CACHE_ASIDE, FRESHET, FRESHET_4, NO_CACHE)),
        /** Hits of tasks with what they inherit. */
        RESOLVED("resolved", List.of(CACHE_ASIDE, FRESHET, NEAR, NO_CACHE));

        private final String label;
        private final List<Way> ways;

        Case(String label, List<Way> ways) {
            this.label = label;
            this.ways = ways;
        }

        String label(int threads) {
            return label + (threads == 1 ? ", 1 thread" : ", " + threads + " threads");
        }

        /** Those that differ there. */
        List<Way> ways() {
            return ways;
        }

        View view(Way way) {
            return this == RESOLVED ? View.resolved() : View.own(way.furtherTags());
        }
    }

    private final String label;

    Way(String label) {
        this.label = label;
    }

    /** The name in reports. */
    String label() {
        return label;
    }

    private int furtherTags() {
        return switch (this) {
            case FRESHET_1 -> 1;
            case FRESHET_4 -> 4;
            default -> 0;
        };
    }
}
