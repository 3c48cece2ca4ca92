// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.context;

/** The levels of the hierarchy, defined independently of the product. */
public enum Level {
    GLOBAL("global", "user_id", null, "/v1/global"),
    PROJECT("project", "id", "user_id", "/v1/projects"),
    BRANCH("branch", "id", "project_id", "/v1/branches"),
    TASK("task", "id", "branch_id", "/v1/tasks");

    private final String label;
    private final String idColumn;
    private final String parentColumn;
    private final String path;

    Level(String label, String idColumn, String parentColumn, String path) {
        this.label = label;
        this.idColumn = idColumn;
        this.parentColumn = parentColumn;
        this.path = path;
    }

    /** The spelling in keys. */
    public String label() {
        return label;
    }

    public static Level of(String label) {
        return valueOf(label.toUpperCase(java.util.Locale.ROOT));
    }

    public String table() {
        return "freshet." + label + "_context";
    }

    public String idColumn() {
        return idColumn;
    }

    public String parentColumn() {
        return parentColumn;
    }

    /** The path of one context. */
    public String path(Object id) {
        return this == GLOBAL ? path : path + "/" + id;
    }

    /** The path of the list of a context's children. */
    public String listPath(Object id) {
        return switch (this) {
            case GLOBAL -> "/v1/projects";
            case PROJECT -> path(id) + "/branches";
            case BRANCH -> path(id) + "/tasks";
            case TASK -> throw new IllegalStateException("a task has no children");
        };
    }

    public boolean hasChildren() {
        return this != TASK;
    }

    public Level child() {
        return values()[ordinal() + 1];
    }
}
