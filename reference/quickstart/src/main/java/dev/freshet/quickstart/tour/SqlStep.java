// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart.tour;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.freshet.quickstart.console.Text;

/** The main case: a program that does not know the cache commits SQL. */
final class SqlStep implements Step {
    @Override
    public String title() {
        return "A program that does not know the cache changes a project";
    }

    @Override
    public void run(Tour tour, Hierarchy hierarchy) {
        var console = tour.console();
        var path = Hierarchy.task(hierarchy.task()) + "/resolved";
        var elsewhere = Hierarchy.task(hierarchy.taskElsewhere()) + "/resolved";
        var cached = tour.watch().entries(tour.demo().user());
        console.quote("""
                UPDATE freshet.project_context
                   SET document = document || '{"theme":"solarized"}' WHERE id = %d""".formatted(hierarchy.apollo));

        var transaction = tour.sql(
                "project",
                "update freshet.project_context set document = document || '{\"theme\":\"solarized\"}' where id = ?",
                hierarchy.apollo);
        var gone = tour.goneSince(cached);
        tour.show(transaction, gone);

        var after = tour.freshRead(path, "/theme", TextNode.valueOf("solarized"));
        console.fact("GET", path + " → " + after.cache() + ", " + Text.time(after.took()));
        console.quote(after.document().toString());
        var checks = tour.checks();
        checks.that(
                after.document().path("theme").asText().equals("solarized"),
                "the next read shows the new theme",
                after.document().toString());
        checks.that(after.cache().equals("miss"), "it was reloaded", after.cache());
        checks.that(
                gone.containsAll(ExpectedKeys.resolvedBelowProject(hierarchy))
                        && gone.containsAll(ExpectedKeys.own("project", hierarchy.apollo)),
                "the project's views and the resolved views of its 2 branches and 5 tasks were evicted",
                gone.toString());
        checks.that(
                gone.equals(ExpectedKeys.ofProjectDocument(hierarchy)), "nothing else was evicted", gone.toString());
        var untouched = tour.demo().read(elsewhere);
        checks.that(untouched.cache().equals("hit"), "a task of the other project is still cached", untouched.cache());
    }
}
