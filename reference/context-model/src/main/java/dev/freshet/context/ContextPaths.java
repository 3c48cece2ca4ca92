// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.context;

import java.util.function.LongSupplier;

/** The paths of contexts, shared by writer and reader. */
public final class ContextPaths {
    private ContextPaths() {}

    /** The route of one context of a level, such as {@code /v1/tasks/{id}}. */
    public static String one(Level level) {
        return level == Level.GLOBAL ? "/v1/global" : "/v1/" + plural(level) + "/{id}";
    }

    /**
     * The route of the list of a level under its parent, such as {@code /v1/branches/{id}/tasks}. Not for the global
     * level.
     */
    public static String list(Level level) {
        return level == Level.PROJECT ? "/v1/projects" : one(level.parent().orElseThrow()) + "/" + plural(level);
    }

    /** The path of one context, such as {@code /v1/tasks/42}. */
    public static String of(ContextId id) {
        return id.level() == Level.GLOBAL ? "/v1/global" : "/v1/" + plural(id.level()) + "/" + id.value();
    }

    /**
     * The context of a level that a path of {@link #one} names.
     *
     * @param user who asks; the global context is each user's own
     * @param id reads the id of the path
     */
    public static ContextId named(Level level, String user, LongSupplier id) {
        return level == Level.GLOBAL ? ContextId.global(user) : ContextId.of(level, id.getAsLong());
    }

    private static String plural(Level level) {
        return level == Level.BRANCH ? "branches" : level.label() + "s";
    }
}
