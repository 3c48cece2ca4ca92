// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.staleness;

import dev.freshet.e2e.context.Tree;
import dev.freshet.e2e.server.Database;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * One change, with a handwritten list of the views that it makes stale.
 *
 * @param throughApi whether it uses the writer's API, not plain SQL
 * @param stale patterns such as {@code B1.own P*.resolved}; the prefix {@code other/} stands for the other user
 */
record Change(String title, boolean throughApi, Action action, String stale) {
    /** Makes the change in a user's tree. The database connection is that of an application that knows no cache. */
    @FunctionalInterface
    interface Action {
        void run(Tree tree, Database sql) throws SQLException;
    }

    /** Through the writer's API. */
    static Change api(String title, Action action, String stale) {
        return new Change("API: " + title, true, action, stale);
    }

    /** By a program that knows no cache. */
    static Change sql(String title, Action action, String stale) {
        return new Change("SQL: " + title, false, action, stale);
    }

    /** Whether it makes views of the other user stale. */
    boolean reachesOther() {
        return stale.contains("other/");
    }

    /** The names of the views of a tree that become stale. */
    Set<String> staleViews(Tree tree, boolean ofOther) {
        var views = new TreeSet<String>();
        for (var pattern : stale.isEmpty() ? new String[0] : stale.split(" ")) {
            if (pattern.startsWith("other/") == ofOther) {
                var regex = Pattern.compile(
                        pattern.replace("other/", "").replace(".", "\\.").replace("*", "[A-Za-z0-9]*"));
                var matched = tree.views().stream()
                        .map(Tree.View::toString)
                        .filter(view -> regex.matcher(view).matches())
                        .toList();
                if (matched.isEmpty()) {
                    throw new IllegalArgumentException("no view is called " + pattern);
                }
                views.addAll(matched);
            }
        }
        return views;
    }

    @Override
    public String toString() {
        return title;
    }
}
