// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.lab.bench.result.Metric;
import dev.freshet.lab.bench.result.ResultJson;
import dev.freshet.lab.bench.result.Results;
import dev.freshet.lab.bench.result.RunFacts;
import dev.freshet.lab.bench.result.Sample;
import dev.freshet.lab.terminal.Screen;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunReportTest {
    private static final Results RESULTS = new Results(
            "idle",
            "floor",
            List.of(new Metric("cpuPercent", "CPU %", 1, false)),
            List.of(new Sample("idle", 1, "freshet", Map.of("cpuPercent", 1.5))));

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    private RunReport report() {
        var screen = new Screen(new PrintStream(printed, true, StandardCharsets.UTF_8), false);
        var facts = new RunFacts("x", Instant.EPOCH, Map.of(), List.of());
        return new RunReport(1, folder.resolve("x.json"), screen, facts);
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void runThatEndsEarlyTellsWhatItHasMeasured() throws Exception {
        var report = report();
        report.measured(RESULTS);
        report.tellSoFar();
        assertThat(text()).contains("freshet    1.5", "ended early");
        var stored = ResultJson.read(folder.resolve("x.json"));
        assertThat(stored.results()).isEqualTo(RESULTS);
        assertThat(stored.isComplete()).isFalse();
    }

    @Test
    void runThatEndsBeforeAnythingWasMeasuredSaysSo() {
        report().tellSoFar();
        assertThat(text()).contains("before anything was measured");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void resultsAreToldOnce() throws Exception {
        var report = report();
        report.measured(RESULTS);
        report.tellAll(RESULTS);
        report.tellSoFar();
        assertThat(text()).containsOnlyOnce("freshet    1.5").doesNotContain("early");
        assertThat(ResultJson.read(folder.resolve("x.json")).isComplete()).isTrue();
    }
}
