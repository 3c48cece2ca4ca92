// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.store;

/** An event in the log says nothing that this version understands. Names its place; what it holds stays in the cause. */
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

    /** As the log has it, which may be no name of a stream. */
    public String stream() {
        return stream;
    }
}
