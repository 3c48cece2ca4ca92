// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart;

/** The four levels of the hierarchy, as the series of single writes needs them. */
enum Level {
    GLOBAL,
    PROJECT,
    BRANCH,
    TASK;

    private String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** A field of its own in the document, so that a resolved context shows the last write at each level. */
    String field() {
        return "series_" + word();
    }

    /** The context above (or at) the task that is read; the global one is named by its user. */
    Object id(World world) {
        return switch (this) {
            case GLOBAL -> Demo.USER;
            case PROJECT -> world.apollo;
            case BRANCH -> world.main;
            case TASK -> world.task();
        };
    }

    String path(Object id) {
        return switch (this) {
            case GLOBAL -> "/v1/global";
            case PROJECT -> World.project((Long) id);
            case BRANCH -> World.branch((Long) id);
            case TASK -> World.task((Long) id);
        };
    }

    /** The context's stream in the event log. */
    String stream(Object id) {
        return word() + ":" + id;
    }

    /** Sets the field, with parameters value and id. */
    String update() {
        return "update freshet." + word() + "_context set document = document || jsonb_build_object('" + field()
                + "', ?::int) where " + (this == GLOBAL ? "user_id" : "id") + " = ?";
    }
}
