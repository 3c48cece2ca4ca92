// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.cache;

/**
 * Processes that started to read the stream at one place and then disappeared without a report. Immutable.
 *
 * @param processes how many
 * @param enough from this many on, the changes at that place are taken to be what killed them
 */
public record Losses(int processes, int enough) {
    public static final Losses NONE = new Losses(0, Integer.MAX_VALUE);

    /** Whether the changes at that place must not be read again. */
    public boolean areEnough() {
        return processes >= enough;
    }
}
