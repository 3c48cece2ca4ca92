// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    @Test
    void percentilesAreMeasuredValuesByNearestRank() {
        var latencies = new Latencies();
        IntStream.rangeClosed(1, 200).map(i -> 201 - i).forEach(i -> latencies.add(Duration.ofMillis(i)));

        assertThat(latencies.percentile(50)).isEqualTo(Duration.ofMillis(100));
        assertThat(latencies.percentile(99)).isEqualTo(Duration.ofMillis(198));
        assertThat(latencies.percentile(100)).isEqualTo(Duration.ofMillis(200));
        assertThat(latencies.percentile(0.1)).isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void oneValueIsEveryPercentile() {
        var latencies = new Latencies();
        latencies.add(Duration.ofMillis(7));
        assertThat(latencies.percentile(1)).isEqualTo(latencies.percentile(99)).isEqualTo(Duration.ofMillis(7));
    }

    @Test
    void refusesWhatHasNoAnswer() {
        var latencies = new Latencies();
        assertThatThrownBy(() -> latencies.percentile(50)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> latencies.percentile(0)).hasMessageContaining("above 0 and up to 100");
        assertThatThrownBy(() -> latencies.percentile(101)).hasMessageContaining("101");
    }
}
