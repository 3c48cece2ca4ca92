// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.http;

import dev.freshet.model.context.ContextId;
import dev.freshet.model.context.Level;

/** The URLs of contexts. */
final class Paths {
    private Paths() {}

    /** The route of one context of a level. */
    static String one(Level level) {
        return level == Level.GLOBAL ? "/v1/global" : "/v1/" + plural(level) + "/{id}";
    }

    /** The route of the list of a level. */
    static String list(Level level) {
        return level == Level.PROJECT ? "/v1/projects" : one(level.parent().orElseThrow()) + "/" + plural(level);
    }

    static String of(ContextId id) {
        return id.level() == Level.GLOBAL ? "/v1/global" : "/v1/" + plural(id.level()) + "/" + id.value();
    }

    private static String plural(Level level) {
        return level == Level.BRANCH ? "branches" : level.label() + "s";
    }
}
