// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart.tour;

import dev.freshet.quickstart.demo.Demo;

/** The four levels of the hierarchy, with what the series of single writes needs for each. */
enum SeriesLevel {
    GLOBAL,
    PROJECT,
    BRANCH,
    TASK;

    /** Its name in tables, streams and paths. */
    String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** A document field for each level, so that a resolved context shows the last write at every level. */
    String field() {
        return "series_" + word();
    }

    /** The context of this level that the task belongs to. The id of the global context is its user. */
    Object id(Hierarchy hierarchy) {
        return switch (this) {
            case GLOBAL -> Demo.USER;
            case PROJECT -> hierarchy.apollo;
            case BRANCH -> hierarchy.main;
            case TASK -> hierarchy.task();
        };
    }

    String path(Object id) {
        return switch (this) {
            case GLOBAL -> "/v1/global";
            case PROJECT -> Hierarchy.project((Long) id);
            case BRANCH -> Hierarchy.branch((Long) id);
            case TASK -> Hierarchy.task((Long) id);
        };
    }

    /** The context's stream in the event log. */
    String stream(Object id) {
        return word() + ":" + id;
    }

    /** A statement that sets the field; its parameters are the value and the id. */
    String update() {
        return "update freshet." + word() + "_context set document = document || jsonb_build_object('" + field()
                + "', ?::int) where " + (this == GLOBAL ? "user_id" : "id") + " = ?";
    }
}
