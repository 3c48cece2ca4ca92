// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.source;

import java.util.List;

/**
 * Something that PostgreSQL lacks.
 *
 * @param message what is missing or wrong
 * @param remedy statements that fix it, in order, each ready to paste
 * @param automatic whether the invalidator may run them by itself, if its role is allowed to: they affect only what
 *     Freshet created or is about to create
 * @param topic what they change
 */
public record Shortcoming(String message, List<String> remedy, boolean automatic, Topic topic) {
    public Shortcoming {
        remedy = List.copyOf(remedy);
    }

    /** A shortcoming that the invalidator may fix by itself. */
    public static Shortcoming ours(Topic topic, String message, String... remedy) {
        return new Shortcoming(message, List.of(remedy), true, topic);
    }

    /** A shortcoming that an administrator must fix. */
    public static Shortcoming administrators(Topic topic, String message, String... remedy) {
        return new Shortcoming(message, List.of(remedy), false, topic);
    }

    /** A copy with a reason added to its message. */
    public Shortcoming because(String reason) {
        return new Shortcoming(message + " (" + reason + ")", remedy, automatic, topic);
    }

    @Override
    public String toString() {
        return remedy.isEmpty() ? message : message + "\n    " + String.join("\n    ", remedy);
    }
}
