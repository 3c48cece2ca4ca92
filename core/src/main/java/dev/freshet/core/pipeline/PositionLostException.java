// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.pipeline;

/**
 * Changes may be missing from the stream, so that the published position promises too much. The caller that runs the
 * stream must withdraw the position before anything else.
 */
public final class PositionLostException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private final transient Gap gap;

    /**
     * @param kind the kind of gap that this is, for the purge that follows
     * @param why for people, without row values
     */
    public PositionLostException(Gap.Kind kind, String why) {
        super(why);
        this.gap = new Gap(kind, why);
    }

    /** The reason for the purge that follows. */
    public Gap gap() {
        return gap;
    }
}
