// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart;

import java.util.Map;

/** Hundreds of single writes at all levels, through the API and by SQL, while a second reader reads continuously. */
final class SeriesStep implements Step {
    private static final int WRITES = 400;
    private static final long PACE_MILLIS = 5;

    @Override
    public String title() {
        return Text.count(WRITES) + " single writes, each checked";
    }

    @Override
    public void run(Tour tour, World world) {
        var console = tour.console();
        console.prose(
                "By SQL and through the API in turn, at every level, one after the other. A second reader reads the "
                        + "same task all the time: no answer may be older than what had been reported as evicted when it asked.");
        var path = World.task(world.task()) + "/resolved";
        var floors = new Floors();
        var staleBefore = tour.tally().staleReads();
        var readsBefore = tour.tally().checkedReads();
        var missed = 0;
        var start = System.nanoTime();
        try (var companion = new Companion(tour, path, floors)) {
            for (int i = 1; i <= WRITES; i++) {
                var level = Level.values()[i % Level.values().length];
                tour.demo().read(path);
                write(tour, world, level, i, i / Level.values().length % 2 == 0);
                floors.raise(level, i);
                var answer = tour.demo().read(path);
                var fresh = Floors.covers(answer.document(), floors.now());
                tour.tally().checkedRead(fresh);
                missed += fresh ? 0 : 1;
                console.live("  writing " + Text.bar(i, WRITES, 20));
                Pause.millis(PACE_MILLIS);
            }
            companion.throwIfFailed();
        }
        var reads = tour.tally().checkedReads() - readsBefore;
        var stale = tour.tally().staleReads() - staleBefore;
        console.fact("took", Text.time(tour.since(start)) + ", " + Text.count(reads) + " reads checked");
        var times = tour.tally().latencies();
        console.fact(
                "eviction",
                "p50 " + Text.time(times.percentile(50)) + ", p90 " + Text.time(times.percentile(90)) + ", p99 "
                        + Text.time(times.percentile(99)) + ", longest " + Text.time(times.percentile(100))
                        + " from commit to evicted, over all " + Text.count(times.size(), "single write")
                        + " of the tour");
        tour.checks().that(missed == 0, "after each write the next read showed it", missed + " did not");
        tour.checks().that(stale == 0, "none of " + Text.count(reads) + " reads was stale", stale + " were");
    }

    private static void write(Tour tour, World world, Level level, int value, boolean throughApi) {
        var id = level.id(world);
        if (throughApi) {
            tour.demo().patch(level.path(id), Map.of("document", Map.of(level.field(), value)));
            tour.written(level.stream(id));
        } else {
            tour.sql(level.update(), value, id);
        }
    }
}
