// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.reader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.lab.bench.contexts.SharedWorld;
import dev.freshet.lab.bench.result.Sample;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The short form of {@code freshet bench reader}, with the invalidator as a process. */
class ReaderBenchTest {
    private static final int READERS = 20;

    /** The run itself fails if hits are loaded, if misses are not, and if an evicted key stays. */
    @Test
    void everyWayIsMeasuredInEveryCase() throws Exception {
        var shared = SharedWorld.get();
        var settings = new ReaderSettings(
                List.of(2), SharedWorld.TASKS, Duration.ofMillis(50), Duration.ofMillis(1), READERS, 1);
        var results = new ReaderBench(settings, shared.servers, shared.launcher, line -> {}).run(shared.contexts);

        assertThat(results.settings())
                .containsExactly("hit, 2 threads", "miss, 2 threads", "resolved, 2 threads", "stampede, 20 readers");
        assertThat(results.subjects())
                .containsExactly("cache-aside", "freshet", "freshet+1 tag", "freshet+4 tags", "near", "no cache");
        assertThat(results.samples()).hasSize(6 + 4 + 4 + 3).allSatisfy(ReaderBenchTest::isMeasured);
    }

    private static void isMeasured(Sample sample) {
        var values = sample.values();
        if (sample.setting().startsWith("stampede")) {
            assertThat(values.get("allAnsweredMillis")).isPositive();
            switch (sample.subject()) {
                case "no cache" -> assertThat(values.get("loads")).isEqualTo(READERS);
                case "freshet" -> assertThat(values.get("loads")).isEqualTo(1);
                default -> assertThat(values.get("loads")).isBetween(1.0, (double) READERS);
            }
        } else {
            assertThat(values.get("readsPerSecond")).isPositive().isFinite();
            assertThat(values.containsKey("redisCpuMicrosPerRead"))
                    .isEqualTo(!List.of("near", "no cache").contains(sample.subject()));
        }
    }
}
