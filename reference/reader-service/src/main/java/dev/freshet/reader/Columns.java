// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.reader;

import dev.freshet.context.Level;

/** The tables and columns in which PostgreSQL keeps each level. */
final class Columns {
    private Columns() {}

    static String table(Level level) {
        return "freshet." + level.label() + "_context";
    }

    static String id(Level level) {
        return level == Level.GLOBAL ? "user_id" : "id";
    }

    /** The column that holds the id of the level above. Not for Global. */
    static String parent(Level level) {
        return level == Level.PROJECT ? "user_id" : level.parent().orElseThrow().label() + "_id";
    }
}
