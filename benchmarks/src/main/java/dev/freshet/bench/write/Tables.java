// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.write;

import dev.freshet.context.Level;

/** The table of each level. */
public final class Tables {
    private Tables() {}

    public static String table(Level level) {
        return "freshet." + level.label() + "_context";
    }

    public static String id(Level level) {
        return level == Level.GLOBAL ? "user_id" : "id";
    }

    /** The column with the id of the level above. Not for the global level. */
    public static String parent(Level level) {
        return level == Level.PROJECT ? "user_id" : level.parent().orElseThrow().label() + "_id";
    }
}
