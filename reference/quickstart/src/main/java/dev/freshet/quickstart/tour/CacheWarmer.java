// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart.tour;

import java.util.ArrayList;
import java.util.List;

/** Reads views of the demo user's hierarchy, so that they are cached. */
final class CacheWarmer {
    private CacheWarmer() {}

    /** Every view of the hierarchy: own, resolved, lists. */
    static List<String> views(Hierarchy hierarchy) {
        var paths = new ArrayList<String>();
        paths.add("/v1/projects");
        for (var project : new long[] {hierarchy.apollo, hierarchy.gemini}) {
            paths.add(Hierarchy.project(project));
            paths.add(Hierarchy.project(project) + "/resolved");
            paths.add(Hierarchy.project(project) + "/branches");
        }
        for (var branch : new long[] {hierarchy.main, hierarchy.release, hierarchy.gate}) {
            paths.add(Hierarchy.branch(branch));
            paths.add(Hierarchy.branch(branch) + "/resolved");
            paths.add(Hierarchy.branch(branch) + "/tasks");
        }
        for (var task : hierarchy.tasks) {
            paths.add(Hierarchy.task(task));
            paths.add(Hierarchy.task(task) + "/resolved");
        }
        return paths;
    }

    static void everything(Tour tour, Hierarchy hierarchy) {
        views(hierarchy).forEach(tour.demo()::read);
    }
}
