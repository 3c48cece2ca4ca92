// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart.tour;

/** Checks that nothing has happened to the other user's keys during the tour. */
final class NeighbourStep implements Step {
    private static final int SHOWN = 5;

    @Override
    public String title() {
        return "The neighbour's keys";
    }

    @Override
    public void run(Tour tour, Hierarchy hierarchy) {
        var console = tour.console();
        tour.watch().settle();
        var touched = tour.watch().touched();
        var now = tour.watch().contents(tour.other().user());
        console.prose("Redis reports every event of the neighbour's " + hierarchy.neighbour.size()
                + " entries and of Freshet's own keys beside them since they were cached.");
        touched.stream().limit(SHOWN).forEach(event -> console.fact("touched", event));
        tour.checks().that(touched.isEmpty(), "none of them was touched", touched.size() + " events");
        tour.checks()
                .that(
                        hierarchy.neighbour.entrySet().containsAll(now.entrySet()),
                        now.size() == hierarchy.neighbour.size()
                                ? "all of them still hold the same values"
                                : "the " + now.size() + " that have not expired still hold the same values");
        if (now.size() == hierarchy.neighbour.size()) {
            var projects = tour.other().read("/v1/projects");
            tour.checks()
                    .that(
                            projects.cache().equals("hit"),
                            "the neighbour is still served from the cache",
                            projects.cache());
        }
    }
}
