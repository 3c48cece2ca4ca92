// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart;

/** All that time nothing has happened to the other user's keys. */
final class NeighbourStep implements Step {
    private static final int SHOWN = 5;

    @Override
    public String title() {
        return "The neighbour's keys";
    }

    @Override
    public void run(Tour tour, World world) {
        var console = tour.console();
        tour.watch().settle();
        var touched = tour.watch().touched();
        var now = tour.watch().contents(tour.other().user());
        console.prose("Redis reported every event of the neighbour's " + world.neighbour.size()
                + " entries and of Freshet's own keys beside them since they were cached.");
        touched.stream().limit(SHOWN).forEach(event -> console.fact("touched", event));
        tour.checks().that(touched.isEmpty(), "not one of them was touched", touched.size() + " events");
        tour.checks().that(now.equals(world.neighbour), "they still hold the same values");
        var project = tour.other().read("/v1/projects");
        tour.checks()
                .that(project.cache().equals("hit"), "the neighbour is still served from the cache", project.cache());
    }
}
