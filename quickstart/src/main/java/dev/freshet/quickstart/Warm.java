// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart;

import java.util.ArrayList;
import java.util.List;

/** Reads views of the demo user's hierarchy, so that they are cached. */
final class Warm {
    private Warm() {}

    /** Every view of the hierarchy: own, resolved, lists. */
    static List<String> views(World world) {
        var paths = new ArrayList<String>();
        paths.add("/v1/projects");
        for (var project : new long[] {world.apollo, world.gemini}) {
            paths.add(World.project(project));
            paths.add(World.project(project) + "/resolved");
            paths.add(World.project(project) + "/branches");
        }
        for (var branch : new long[] {world.main, world.release, world.gate}) {
            paths.add(World.branch(branch));
            paths.add(World.branch(branch) + "/resolved");
            paths.add(World.branch(branch) + "/tasks");
        }
        for (var task : world.tasks) {
            paths.add(World.task(task));
            paths.add(World.task(task) + "/resolved");
        }
        return paths;
    }

    static void everything(Tour tour, World world) {
        views(world).forEach(tour.demo()::read);
    }
}
