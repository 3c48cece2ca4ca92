// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.writer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.lab.bench.contexts.SharedWorld;
import dev.freshet.lab.bench.result.Sample;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The short form of {@code freshet bench writer}, with the writer-service and the invalidator as processes. */
class WriterBenchTest {
    private static final Duration SHORT = Duration.ofMillis(100);

    /** The run itself fails if a write does, or if the invalidator does not follow. */
    @Test
    void everyWayIsMeasuredWithoutTheInvalidatorAndWithIt() throws Exception {
        var shared = SharedWorld.get();
        var settings = new WriterSettings(List.of(2), SharedWorld.TASKS, SHORT, Duration.ofMillis(1), 1);
        var results = new WriterBench(settings, shared.servers, shared.launcher, line -> {}).run(shared.contexts);

        assertThat(results.settings()).containsExactly("2 connections, one user", "2 connections, many users");
        assertThat(results.subjects())
                .containsExactly(
                        "plain",
                        "triggers",
                        "inline",
                        "api",
                        "plain+invalidator",
                        "triggers+invalidator",
                        "api+invalidator");
        assertThat(results.samples()).hasSize(14).allSatisfy(WriterBenchTest::isMeasured);
    }

    private static void isMeasured(Sample sample) {
        assertThat(sample.values().get("writesPerSecond")).isPositive().isFinite();
        assertThat(sample.values().get("p50Millis")).isPositive();
        assertThat(sample.values().containsKey("writerCpuMicrosPerWrite"))
                .isEqualTo(sample.subject().startsWith("api"));
        assertThat(sample.values().containsKey("invalidatorCpuMicrosPerWrite"))
                .isEqualTo(sample.subject().endsWith("+invalidator"));
    }

    /** Only what the triggers recorded is in the log, so each way is what it says. */
    @Test
    void onlyRecordedWaysReachTheLog() throws Exception {
        var shared = SharedWorld.get();
        try (var database = shared.contexts.copy();
                var connection = database.connect();
                var statement = connection.createStatement()) {
            for (Way way : List.of(Way.PLAIN, Way.TRIGGERS)) {
                Measurement.setTriggers(database, way);
                try (var write = new SqlWrite(database)) {
                    write.change(1, way.ordinal() + 7);
                }
                try (var row = statement.executeQuery(
                        "SELECT count(*) FROM freshet.event WHERE stream = 'task:1' AND type = 'Updated'")) {
                    row.next();
                    assertThat(row.getInt(1)).as(way.name()).isEqualTo(way.isRecorded() ? 1 : 0);
                }
            }
        }
    }
}
