// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.store;

/** This version cannot read an event of the log. The message names its place; its content appears only in the cause. */
public final class UnreadableEventException extends RuntimeException {
    private final long position;
    private final String stream;

    public UnreadableEventException(long position, String stream, RuntimeException cause) {
        super("the event at position " + position + ", of " + stream + ", cannot be read", cause);
        this.position = position;
        this.stream = stream;
    }

    public long position() {
        return position;
    }

    /** The stream as recorded in the log; it may not be a valid stream name. */
    public String stream() {
        return stream;
    }
}
