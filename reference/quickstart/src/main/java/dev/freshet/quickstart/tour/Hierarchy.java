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
}
