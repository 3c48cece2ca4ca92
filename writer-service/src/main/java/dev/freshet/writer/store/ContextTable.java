// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.store;

import dev.freshet.context.Level;
import java.util.EnumMap;
import java.util.Map;

/** The name and columns of the table of one level. */
public record ContextTable(Level level, String name, String id, String parent) {
    private static final Map<Level, ContextTable> TABLES = new EnumMap<>(Map.of(
            Level.GLOBAL, new ContextTable(Level.GLOBAL, "freshet.global_context", "user_id", null),
            Level.PROJECT, new ContextTable(Level.PROJECT, "freshet.project_context", "id", null),
            Level.BRANCH, new ContextTable(Level.BRANCH, "freshet.branch_context", "id", "project_id"),
            Level.TASK, new ContextTable(Level.TASK, "freshet.task_context", "id", "branch_id")));

    public static ContextTable of(Level level) {
        return TABLES.get(level);
    }

    /** The PostgreSQL type of the level's ids. */
    String idType() {
        return level == Level.GLOBAL ? "text" : "bigint";
    }

    String arrayOfIds() {
        return "cast(:ids as text[])::" + idType() + "[]";
    }

    /** All columns, in the order of {@link ContextMapper}. */
    String columns() {
        return id + "::text as id, user_id, " + (parent == null ? "null" : parent) + " as parent, name, description, "
                + (level.hasStatus() ? "status" : "null as status")
                + ", document::text as document, version, created_at, updated_at";
    }
}
