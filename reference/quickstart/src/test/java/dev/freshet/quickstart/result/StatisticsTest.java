// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StatisticsTest {

    @Test
    void sumsUpInOneLine() {
        var statistics = new Statistics();
        statistics.wrote();
        statistics.wrote();
        statistics.checkedRead(true);
        statistics.checkedRead(false);
        statistics.latencies().add(Duration.ofNanos(2_100_000));
        assertThat(statistics.summary(1234, ""))
                .isEqualTo(
                        "2 writes, 1,234 evictions, 1 stale read of 2 checked; commit to evicted p50 2.1 ms, p99 2.1 ms");
        assertThat(new Statistics().summary(0, "")).endsWith("nothing measured");
    }
}
