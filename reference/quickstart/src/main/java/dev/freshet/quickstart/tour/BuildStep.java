// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart.tour;

import dev.freshet.quickstart.demo.Api;
import java.util.Map;

/** Builds a small hierarchy through the writer's API, for the demo user and for a second user. */
final class BuildStep implements Step {
    @Override
    public String title() {
        return "A small hierarchy, built through the writer's API";
    }

    @Override
    public void run(Tour tour, Hierarchy hierarchy) {
        var console = tour.console();
        console.prose(
                "Global → project → branch → task. Each context holds a JSON document; a resolved context is all of "
                        + "them merged from global down, the nearer level winning.");
        build(tour, tour.demo(), hierarchy);
        console.quote("""
                global   {"language":"en","review":{"required":true,"by":2}}
                ├ project Apollo   {"theme":"dark"}
                │ ├ branch main      {"review":{"by":1}}   3 tasks
                │ └ branch release   {}                    2 tasks
                └ project Gemini   {"theme":"light"}
                  └ branch gate      {}                    1 task""");
        build(tour, tour.other(), new Hierarchy());
        console.prose("The same for a second user, the neighbour, whose keys nothing in this tour may touch.");
        tour.checks().that(hierarchy.tasks.size() == 6, "both users have two projects, three branches and six tasks");
    }

    private static void build(Tour tour, Api api, Hierarchy hierarchy) {
        hierarchy.apollo = create(tour, api, "/v1/projects", "Apollo", Map.of("theme", "dark"));
        api.patch(
                "/v1/global",
                Map.of("document", Map.of("language", "en", "review", Map.of("required", true, "by", 2))));
        tour.statistics().wrote();
        hierarchy.gemini = create(tour, api, "/v1/projects", "Gemini", Map.of("theme", "light"));
        hierarchy.main = create(
                tour,
                api,
                Hierarchy.project(hierarchy.apollo) + "/branches",
                "main",
                Map.of("review", Map.of("by", 1)));
        hierarchy.release = create(tour, api, Hierarchy.project(hierarchy.apollo) + "/branches", "release", Map.of());
        hierarchy.gate = create(tour, api, Hierarchy.project(hierarchy.gemini) + "/branches", "gate", Map.of());
        var branches = new long[] {
            hierarchy.main, hierarchy.main, hierarchy.main, hierarchy.release, hierarchy.release, hierarchy.gate
        };
        for (int i = 0; i < branches.length; i++) {
            var path = Hierarchy.branch(branches[i]) + "/tasks";
            hierarchy.tasks.add(create(tour, api, path, "task " + (i + 1), Map.of("estimate", i + 1)));
        }
    }

    private static long create(Tour tour, Api api, String path, String name, Map<String, Object> document) {
        tour.statistics().wrote();
        return api.create(path, Map.of("name", name, "document", document)).id();
    }
}
