// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.evict;

/**
 * Processes that began to read the stream at one place and were never heard of again. Immutable.
 *
 * @param processes how many
 * @param enough so many are taken for victims of what they read
 */
public record Losses(int processes, int enough) {
    static final Losses NONE = new Losses(0, Integer.MAX_VALUE);

    /** Whether what comes at that place is not to be read by one more. */
    public boolean areEnough() {
        return processes >= enough;
    }
}
