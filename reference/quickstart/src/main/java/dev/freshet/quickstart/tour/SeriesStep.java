// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart.tour;

import dev.freshet.quickstart.console.Text;
import dev.freshet.quickstart.demo.Pause;
import java.util.Map;

/** Many single writes at all levels, through the API and by SQL, while a second reader reads continuously. */
final class SeriesStep implements Step {
    private static final long PACE_MILLIS = 5;

    private final int writes;

    SeriesStep(int writes) {
        this.writes = writes;
    }

    @Override
    public String title() {
        return Text.count(writes) + " single writes, each checked";
    }

    @Override
    public void run(Tour tour, Hierarchy hierarchy) {
        var console = tour.console();
        console.prose(
                "By SQL and through the API in turn, at every level, one after the other. A second reader reads the "
                        + "same task all the time: no answer may be older than what had been reported as evicted when it asked.");
        var path = Hierarchy.task(hierarchy.task()) + "/resolved";
        var reported = new ReportedValues();
        var staleBefore = tour.statistics().staleReads();
        var readsBefore = tour.statistics().checkedReads();
        var missed = 0;
        var start = System.nanoTime();
        try (var reader = new BackgroundReader(tour, path, reported)) {
            for (int i = 1; i <= writes; i++) {
                var level = SeriesLevel.values()[i % SeriesLevel.values().length];
                tour.demo().read(path);
                write(tour, hierarchy, level, i, i / SeriesLevel.values().length % 2 == 0);
                reported.raise(level, i);
                var answer = tour.demo().read(path);
                var fresh = ReportedValues.covers(answer.document(), reported.now());
                tour.statistics().checkedRead(fresh);
                missed += fresh ? 0 : 1;
                console.live("  writing " + Text.bar(i, writes, 20));
                Pause.millis(PACE_MILLIS);
            }
            reader.throwIfFailed();
        }
        var reads = tour.statistics().checkedReads() - readsBefore;
        var stale = tour.statistics().staleReads() - staleBefore;
        console.fact("took", Text.time(tour.since(start)) + ", " + Text.count(reads) + " reads checked");
        var times = tour.statistics().latencies();
        console.fact(
                "eviction",
                "p50 " + Text.time(times.percentile(50)) + ", p90 " + Text.time(times.percentile(90)) + ", p99 "
                        + Text.time(times.percentile(99)) + ", longest " + Text.time(times.percentile(100))
                        + " from commit to evicted" + (tour.most().isEmpty() ? "" : " at most") + ", over all "
                        + Text.count(times.size(), "single write")
                        + " of the tour");
        tour.checks().that(missed == 0, "after each write the next read showed it", missed + " did not");
        tour.checks().that(stale == 0, "none of " + Text.count(reads) + " reads was stale", stale + " were");
    }

    private static void write(Tour tour, Hierarchy hierarchy, SeriesLevel level, int value, boolean throughApi) {
        var id = level.id(hierarchy);
        if (throughApi) {
            tour.demo().patch(level.path(id), Map.of("document", Map.of(level.field(), value)));
            tour.written(level.stream(id));
        } else {
            tour.sql(level.word(), level.update(), value, id);
        }
    }
}
