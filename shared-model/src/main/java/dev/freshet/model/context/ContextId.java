// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.context;

import java.util.Objects;

/**
 * Names one context, and with it the stream of its events.
 *
 * @param value the user for a global context, else a positive number
 */
public record ContextId(Level level, String value) {
    public ContextId {
        Objects.requireNonNull(level, "level");
        if (value.isEmpty()) {
            throw new IllegalArgumentException("the id of a " + level + " is empty");
        }
        if (level != Level.GLOBAL) {
            requireNumber(level, value);
        }
    }

    /** The global context of a user. */
    public static ContextId global(String user) {
        return new ContextId(Level.GLOBAL, user);
    }

    /** A context of one of the levels below. */
    public static ContextId of(Level level, long number) {
        return new ContextId(level, Long.toString(number));
    }

    /** @param stream such as {@code task:42} */
    public static ContextId ofStream(String stream) {
        int colon = stream.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("'" + stream + "' is not a stream; expected level:id");
        }
        return new ContextId(Level.of(stream.substring(0, colon)), stream.substring(colon + 1));
    }

    /** The name of the stream of its events: {@code task:42}. */
    public String stream() {
        return level.label() + ":" + value;
    }

    /** The id as a number; not for global contexts. */
    public long number() {
        return Long.parseLong(value);
    }

    private static void requireNumber(Level level, String value) {
        long number;
        try {
            number = Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the id of a " + level + " is '" + value + "'; expected a number", e);
        }
        if (number <= 0 || !Long.toString(number).equals(value)) {
            throw new IllegalArgumentException(
                    "the id of a " + level + " is '" + value + "'; expected a positive number");
        }
    }

    @Override
    public String toString() {
        return level.label() + " " + value;
    }
}
