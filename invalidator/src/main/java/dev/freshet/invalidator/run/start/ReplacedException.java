// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.start;

/**
 * The settings that the session was made for are no longer those in force: it ends at the border of a batch, and the
 * next session starts with the new ones. No failure.
 */
public final class ReplacedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ReplacedException() {
        super("the mapping was reloaded");
    }
}
