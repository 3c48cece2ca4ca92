// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
    private static final Metric RATE = new Metric("rowsPerSecond", "rows/s", 0, true);
    private static final Metric TIME = new Metric("seconds", "s", 2, false);

    /** The second round was slow for both. */
    private static final Results RESULTS = new Results(
            "drain",
            "floor",
            List.of(TIME, RATE),
            List.of(
                    sample("all", 1, "freshet", 2, 500),
                    sample("all", 1, "floor", 1, 1_000),
                    sample("all", 2, "floor", 10, 100),
                    sample("all", 2, "freshet", 40, 25),
                    sample("all", 3, "freshet", 1, 1_200),
                    sample("one", 1, "freshet", 4, 7)));

    private static Sample sample(String setting, int round, String subject, double time, double rate) {
        return new Sample(setting, round, subject, Map.of("seconds", time, "rowsPerSecond", rate));
    }

    @Test
    void spreadIsOverAllRounds() {
        assertThat(RESULTS.spread("all", "freshet", RATE)).contains(new Spread(500, 25, 1_200));
        assertThat(RESULTS.spread("one", "floor", RATE)).isEmpty();
    }

    @Test
    void ratioIsWithinARoundAndNeedsBoth() {
        assertThat(RESULTS.ratio("all", "freshet", RATE)).contains(new Spread(0.375, 0.25, 0.5));
        assertThat(RESULTS.ratio("all", "floor", RATE)).contains(new Spread(1, 1, 1));
        assertThat(RESULTS.ratio("one", "freshet", RATE)).isEmpty();
    }

    @Test
    void ratioToAnotherSubjectIsWithinARoundToo() {
        assertThat(RESULTS.ratio("all", "floor", "freshet", RATE)).contains(new Spread(3, 2, 4));
    }

    @Test
    void settingHasOnlyItsMetrics() {
        var results = RESULTS.with(
                List.of(sample("all", 1, "freshet", 2, 500), new Sample("hits", 1, "freshet", Map.of("seconds", 1.0))));
        assertThat(results.at("hits").metrics()).containsExactly(TIME);
        assertThat(results.at("hits").settings()).containsExactly("hits");
        assertThat(results.at("all").metrics()).containsExactly(TIME, RATE);
    }

    @Test
    void baselineOfZeroGivesNoRatio() {
        var idle = new Results(
                "idle",
                "floor",
                List.of(RATE),
                List.of(sample("x", 1, "floor", 1, 0), sample("x", 1, "freshet", 1, 5)));
        assertThat(idle.ratio("x", "freshet", RATE)).isEmpty();
    }

    @Test
    void tableHasALineForEachSubject() {
        assertThat(ResultTable.of(RESULTS))
                .containsExactly(
                        "",
                        "all",
                        "                           s           rows/s  × floor",
                        "  freshet  2.00 (1.00–40.00)   500 (25–1,200)     0.38",
                        "  floor    5.50 (1.00–10.00)  550 (100–1,000)     1.00",
                        "",
                        "one",
                        "              s  rows/s  × floor",
                        "  freshet  4.00       7");
    }

    @Test
    void fileIsReadAsItWasWritten(@TempDir Path folder) throws Exception {
        var facts = new RunFacts("./freshet bench drain --quick", Instant.EPOCH, Map.of("redis", "7"), List.of());
        ResultJson.write(StoredRuns.file(folder, "drain", true), RESULTS, facts.complete(false));
        var runs = StoredRuns.of(folder, List.of("latency", "drain"));
        assertThat(runs).hasSize(1).allSatisfy(run -> {
            assertThat(run.results()).isEqualTo(RESULTS);
            assertThat(run.isComplete()).isFalse();
            assertThat(run.isQuick()).isTrue();
            assertThat(run.day()).isEqualTo("1970-01-01");
            assertThat(run.environment()).endsWith("Redis 7");
        });
        ResultJson.write(StoredRuns.file(folder, "drain", false), RESULTS, facts);
        assertThat(StoredRuns.of(folder, List.of("drain")))
                .as("a whole run")
                .hasSize(1)
                .allSatisfy(run -> assertThat(run.isComplete()).isTrue());
    }

    @Test
    void jsonHasSummaryAndEverySample() {
        var facts = new RunFacts("./freshet bench drain", Instant.EPOCH, Map.of("redis", "7"), List.of("-Xmx256m"));
        var json = ResultJson.of(RESULTS, facts);
        assertThat(json)
                .containsEntry("command", "./freshet bench drain")
                .containsEntry("baseline", "floor")
                .containsEntry("samples", RESULTS.samples());
        assertThat(json.get("summary").toString())
                .contains("{setting=all, subject=freshet, metric=rowsPerSecond, median=500.0, min=25.0, max=1200.0,"
                        + " timesBaseline=Spread[median=0.375, min=0.25, max=0.5]}");
    }
}
