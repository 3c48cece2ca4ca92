// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.pipeline;

/**
 * Changes may be missing from the stream, so that the published position promises too much. The caller that runs the
 * stream must withdraw the position before anything else.
 */
public final class PositionLostException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** @param why for people, without row values */
    public PositionLostException(String why) {
        super(why);
    }
}
