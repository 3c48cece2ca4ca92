// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart.tour;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The contexts that the first step creates and later steps change: two projects, three branches, some tasks. */
final class Hierarchy {
    long apollo;
    long gemini;
    long main;
    long release;
    long gate;
    final List<Long> tasks = new ArrayList<>();
    Map<String, String> neighbour = Map.of();

    static String project(long id) {
        return "/v1/projects/" + id;
    }

    static String branch(long id) {
        return "/v1/branches/" + id;
    }

    static String task(long id) {
        return "/v1/tasks/" + id;
    }

    /** A task of the branch {@code main} of the first project. */
    long task() {
        return tasks.get(0);
    }

    /** A task below the second project. */
    long taskElsewhere() {
        return tasks.get(tasks.size() - 1);
    }

    /** The paths of every view of it: own, resolved, lists. */
    List<String> views() {
        var paths = new ArrayList<String>();
        paths.add("/v1/projects");
        for (var one : new long[] {apollo, gemini}) {
            paths.add(project(one));
            paths.add(project(one) + "/resolved");
            paths.add(project(one) + "/branches");
        }
        for (var one : new long[] {main, release, gate}) {
            paths.add(branch(one));
            paths.add(branch(one) + "/resolved");
            paths.add(branch(one) + "/tasks");
        }
        for (var each : tasks) {
            paths.add(task(each));
            paths.add(task(each) + "/resolved");
        }
        return paths;
    }
}
