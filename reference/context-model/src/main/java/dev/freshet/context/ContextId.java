// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.context;

import java.util.Objects;

/**
 * Identifies one context and its event stream.
 *
 * @param value the user for a global context, otherwise a positive number
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

    /** A context of a level below global. */
    public static ContextId of(Level level, long number) {
        return new ContextId(level, Long.toString(number));
    }

    /** @param stream the name of a stream, such as {@code task:42} */
    public static ContextId ofStream(String stream) {
        int colon = stream.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("'" + stream + "' is not a stream; expected level:id");
        }
        return new ContextId(Level.of(stream.substring(0, colon)), stream.substring(colon + 1));
    }

    /** The name of its event stream, such as {@code task:42}. */
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
