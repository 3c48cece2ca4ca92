// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.start;

/**
 * An operator wants a pause while a start waits for something. The start is broken off before anything is evicted, and made
 * anew after the pause. The session goes on, and keeps the slot's lock. No failure.
 */
public final class PauseWantedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PauseWantedException() {
        super("a pause is wanted");
    }
}
