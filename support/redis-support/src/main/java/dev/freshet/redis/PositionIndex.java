// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis;

import io.lettuce.core.cluster.SlotHash;
import java.util.function.IntPredicate;

/**
 * Assigns a position key to each master of a Cluster: {@code ctx:~position:{n}} with the smallest n whose slot that
 * master serves. So the slot map alone determines the key, and the key stays the same after a failover. Other programs
 * that read positions choose n in the same way; see {@code docs/keys-and-tags.md}.
 */
public final class PositionIndex {
    /** Far more than needed to hit every one of the 16384 slots. */
    private static final int MOST = 1_000_000;

    private static final int[] SLOTS = new int[4096];

    static {
        for (int n = 0; n < SLOTS.length; n++) {
            SLOTS[n] = SlotHash.getSlot("{" + n + "}");
        }
    }

    private PositionIndex() {}

    /**
     * The n of a master.
     *
     * @param served whether the master serves a slot
     * @throws IllegalArgumentException if it serves none
     */
    public static int of(IntPredicate served) {
        for (int n = 0; n < MOST; n++) {
            if (served.test(slot(n))) {
                return n;
            }
        }
        throw new IllegalArgumentException("a master that serves no slot has no position");
    }

    /** The slot of every key with the hash tag {@code {n}}. */
    public static int slot(int n) {
        return n < SLOTS.length ? SLOTS[n] : SlotHash.getSlot("{" + n + "}");
    }
}
