// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart.tour;

import dev.freshet.quickstart.console.Text;
import dev.freshet.quickstart.demo.Api;

/** Reads everything twice: first from the database, then from the cache. */
final class ReadStep implements Step {
    @Override
    public String title() {
        return "Read through the cache";
    }

    @Override
    public void run(Tour tour, Hierarchy hierarchy) {
        var console = tour.console();
        var path = Hierarchy.task(hierarchy.task()) + "/resolved";
        var first = tour.demo().read(path);
        var second = tour.demo().read(path);
        console.fact("GET", path);
        console.fact("1st", first.cache() + ", " + Text.time(first.took()));
        console.fact("2nd", second.cache() + ", " + Text.time(second.took()));
        console.quote(second.document().toString());
        tour.checks().that(first.cache().equals("miss"), "the first read loads from PostgreSQL", first.cache());
        tour.checks().that(second.cache().equals("hit"), "the second comes from Redis", second.cache());
        tour.checks().that(second.body().equals(first.body()), "both say the same");

        readAllTwice(tour, tour.demo(), hierarchy);
        // The other user's ids are not known here; they are read from the lists.
        readBelow(tour.other());
        readBelow(tour.other());
        hierarchy.neighbour = tour.watch().contents(tour.other().user());
        tour.watch().settle();
        tour.watch().guard(tour.other().user());
        console.prose("Now " + tour.watch().entries(tour.demo().user()).size() + " entries of the demo user and "
                + hierarchy.neighbour.size() + " of the neighbour are cached.");
    }

    private static void readAllTwice(Tour tour, Api api, Hierarchy hierarchy) {
        var paths = hierarchy.views();
        paths.forEach(api::read);
        var hits = paths.stream()
                .filter(path -> api.read(path).cache().equals("hit"))
                .count();
        tour.checks()
                .that(
                        hits == paths.size(),
                        "all " + paths.size() + " views of the hierarchy are cached after one read",
                        hits + " are");
    }

    private static void readBelow(Api api) {
        for (var project : api.read("/v1/projects").body().path("items")) {
            api.read(Hierarchy.project(project.path("id").asLong()) + "/resolved");
            for (var branch : api.read(Hierarchy.project(project.path("id").asLong()) + "/branches")
                    .body()
                    .path("items")) {
                api.read(Hierarchy.branch(branch.path("id").asLong()) + "/resolved");
                for (var task : api.read(Hierarchy.branch(branch.path("id").asLong()) + "/tasks")
                        .body()
                        .path("items")) {
                    api.read(Hierarchy.task(task.path("id").asLong()));
                    api.read(Hierarchy.task(task.path("id").asLong()) + "/resolved");
                }
            }
        }
    }
}
