// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol.model;

/** What can go wrong, each a bounded number of times. */
enum Mishap {
    CRASH,
    TAG_SET_EVICTED,
    FENCE_SET_EVICTED,
    FLUSH,
    CLOCK_FAR_BACK,
    SAME_MICROSECOND,
    HALF_A_LIFETIME,
    SAVE,
    FAILOVER,
    SLOT_LOST,
    UNPUBLISHED,
    FILL_BREAKS_OFF;

    /** How many of each are left, four bits each. */
    record Left(long counts) {
        static final Left NONE = new Left(0);

        boolean has(Mishap mishap) {
            return (counts >> 4 * mishap.ordinal() & 15) > 0;
        }

        Left with(Mishap mishap, int count) {
            return new Left(counts + ((long) count << 4 * mishap.ordinal()));
        }

        void pack(Key key) {
            for (int shift = 0; shift < 4 * Mishap.values().length; shift += 4) {
                key.add((int) (counts >> shift & 15));
            }
        }

        Left spend(Mishap mishap) {
            return with(mishap, -1);
        }
    }
}
