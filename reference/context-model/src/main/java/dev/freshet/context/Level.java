// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.context;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The four levels of the hierarchy, from the top down. */
public enum Level {
    /** One per user; its id is the user. */
    GLOBAL,
    PROJECT,
    BRANCH,
    /** The only level with a status. */
    TASK;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The spelling of the level in JSON, streams and tags, such as {@code task}. */
    public String label() {
        return label;
    }

    /** The level above; empty for {@link #GLOBAL}. */
    public Optional<Level> parent() {
        return this == GLOBAL ? Optional.empty() : Optional.of(values()[ordinal() - 1]);
    }

    /** The level below; empty for {@link #TASK}. */
    public Optional<Level> child() {
        return this == TASK ? Optional.empty() : Optional.of(values()[ordinal() + 1]);
    }

    /** Whether contexts of this level can get another parent. A project always belongs to its user's global context. */
    public boolean movable() {
        return this == BRANCH || this == TASK;
    }

    public boolean hasStatus() {
        return this == TASK;
    }

    /** @throws IllegalArgumentException if there is no such level; the message lists the levels */
    public static Level of(String label) {
        for (var level : values()) {
            if (level.label.equals(label)) {
                return level;
            }
        }
        throw new IllegalArgumentException("'" + label + "' is not a level; expected one of "
                + Arrays.stream(values()).map(Level::label).collect(Collectors.joining(", ")));
    }

    @Override
    public String toString() {
        return label;
    }
}
