// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart.tour;

import dev.freshet.quickstart.console.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** One statement changes 10,000 tasks. All of them are cached if the machine is fast enough. */
final class BulkStep implements Step {
    private static final int TASKS = 10_000;
    /** Time limit for filling the cache. On a slow machine, not all tasks get cached. */
    private static final Duration PATIENCE = Duration.ofSeconds(12);

    @Override
    public String title() {
        return "One statement changes " + Text.count(TASKS) + " tasks";
    }

    @Override
    public void run(Tour tour, Hierarchy hierarchy) {
        var console = tour.console();
        console.live("  inserting " + Text.count(TASKS) + " tasks …");
        tour.bulk(
                "task",
                "insert into freshet.task_context (user_id, branch_id, name, document) "
                        + "select ?, ?, 'bulk ' || i, jsonb_build_object('round', 1, 'i', i) from generate_series(1, ?) i",
                tour.demo().user(),
                hierarchy.gate,
                TASKS);
        var ids = ids(tour, hierarchy.gate);
        var paths = ids.stream().map(id -> Hierarchy.task(id) + "/resolved").toList();
        var start = System.nanoTime();
        var filled = tour.readAll("reading into the cache", paths, PATIENCE, answer -> {})
                .done();
        console.fact(
                "cached",
                Text.count(filled) + " of " + Text.count(paths.size()) + " resolved tasks, read in "
                        + Text.time(tour.since(start)));
        var cached = paths.subList(0, filled);
        var removedBefore = tour.watch().removed();
        console.quote("UPDATE freshet.task_context SET document = document || '{\"round\":2}' WHERE branch_id = "
                + hierarchy.gate);

        start = System.nanoTime();
        console.live("  updating …");
        var transaction = tour.bulk(
                "task",
                "update freshet.task_context set document = document || '{\"round\":2}' where branch_id = ?",
                hierarchy.gate);
        var took = tour.since(start);
        tour.watch().settle();
        var removed = tour.watch().removed() - removedBefore;
        tour.tell(transaction);
        console.fact("gone", Text.count(removed, "key"));
        console.fact(
                "took",
                tour.most() + Text.time(transaction.latency()) + " from commit to the last eviction, " + Text.time(took)
                        + " with the statement itself");

        var old = new AtomicInteger();
        var again = tour.readAll("reading again", cached, Duration.ofMinutes(10), answer -> {
            var fresh = answer.document().path("round").asInt() == 2;
            tour.statistics().checkedRead(fresh);
            old.addAndGet(fresh ? 0 : 1);
        });
        var checks = tour.checks();
        checks.that(removed >= filled, "all cached ones were evicted", Text.count(removed, "key"));
        checks.that(
                again.hits() == 0 && old.get() == 0,
                "all " + Text.count(again.done()) + " reads show the new round",
                again.hits() + " from the cache, " + old.get() + " with the old round");
    }

    /** Reads the ids from the reader's list, page by page. */
    private static List<Long> ids(Tour tour, long branch) {
        var ids = new ArrayList<Long>();
        var after = "";
        do {
            var page = tour.demo()
                    .read(Hierarchy.branch(branch) + "/tasks?limit=500" + after)
                    .body();
            page.path("items").forEach(item -> ids.add(item.path("id").asLong()));
            after = page.path("next").isNumber() ? "&after=" + page.path("next").asLong() : "";
        } while (!after.isEmpty());
        return ids;
    }
}
