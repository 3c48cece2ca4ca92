// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart.tour;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.TreeSet;

/** Moves a branch to the other project: its tasks inherit from another project, and two lists change. */
final class MoveStep implements Step {
    @Override
    public String title() {
        return "A branch moves to another project";
    }

    @Override
    public void run(Tour tour, Hierarchy hierarchy) {
        var console = tour.console();
        var moved = Hierarchy.task(hierarchy.tasks.get(3)) + "/resolved";
        var from = Hierarchy.project(hierarchy.apollo) + "/branches";
        var to = Hierarchy.project(hierarchy.gemini) + "/branches";
        // The entries evicted by the previous step must be cached again; otherwise there is nothing to see.
        hierarchy.views().forEach(tour.demo()::read);
        var cached = tour.watch().entries(tour.demo().user());
        console.quote("POST " + Hierarchy.branch(hierarchy.release) + "/move {\"parent\":" + hierarchy.gemini + "}");

        tour.demo().move(Hierarchy.branch(hierarchy.release), hierarchy.gemini);
        var transaction = tour.written("branch:" + hierarchy.release);
        var gone = tour.goneSince(cached);
        tour.show(transaction, gone);

        var after = tour.freshRead(moved, "/theme", TextNode.valueOf("light"));
        var checks = tour.checks();
        checks.that(
                after.document().path("theme").asText().equals("light"),
                "a task of that branch now has the other project's theme",
                after.document().toString());
        checks.that(names(tour, from).equals("main"), "the old project lists one branch", names(tour, from));
        checks.that(names(tour, to).equals("gate, release"), "the new project lists both", names(tour, to));
        checks.that(
                gone.equals(ExpectedKeys.ofMove(hierarchy)),
                "only the branch, its two tasks' resolved views and the two projects' lists were evicted",
                gone.toString());
    }

    private static String names(Tour tour, String path) {
        var names = new TreeSet<String>();
        tour.demo()
                .read(path)
                .body()
                .path("items")
                .forEach(item -> names.add(item.path("name").asText()));
        return String.join(", ", names);
    }
}
