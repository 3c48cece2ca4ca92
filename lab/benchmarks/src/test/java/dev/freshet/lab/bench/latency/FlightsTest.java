// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FlightsTest {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final Flights flights = new Flights(2);

    @Test
    void latencyIsFromTheCommitUntilTheKeyIsGone() {
        int id = flights.take();
        flights.committed(id, 5 * MILLI);
        assertThat(flights.inTheAir()).isEqualTo(1);
        flights.gone(id, 8 * MILLI);
        assertThat(flights.inTheAir()).isZero();
        assertThat(flights.takeLatencies().getMaxValue()).isBetween(3_000L, 3_002L);
    }

    @Test
    void keyThatIsGoneBeforeTheClientKnowsCountsAsNothing() {
        int id = flights.take();
        flights.gone(id, 4 * MILLI);
        assertThat(flights.inTheAir()).isEqualTo(1);
        flights.committed(id, 5 * MILLI);
        assertThat(flights.inTheAir()).isZero();
        var latencies = flights.takeLatencies();
        assertThat(latencies.getTotalCount()).isEqualTo(1);
        assertThat(latencies.getMaxValue()).isZero();
    }

    @Test
    void keyCarriesOneChangeAtATime() {
        assertThat(flights.take()).isEqualTo(1);
        assertThat(flights.take()).isEqualTo(2);
        assertThat(flights.take()).isZero();
        flights.committed(2, 0);
        flights.gone(2, 1);
        assertThat(flights.take()).isEqualTo(2);
    }

    @Test
    void keysThatCarryNothingAreIgnored() {
        flights.gone(1, 7);
        flights.gone(3, 7);
        assertThat(flights.takeLatencies().getTotalCount()).isZero();
        assertThat(flights.take()).isEqualTo(1);
        flights.committed(1, 9);
        assertThat(flights.inTheAir()).isEqualTo(1);
    }

    @Test
    void latenciesAreTakenOnce() {
        int id = flights.take();
        flights.committed(id, 0);
        flights.gone(id, MILLI);
        assertThat(flights.takeLatencies().getTotalCount()).isEqualTo(1);
        assertThat(flights.takeLatencies().getTotalCount()).isZero();
    }

    @Test
    void percentilesAreInMilliseconds() {
        var histogram = flights.takeLatencies();
        for (int i = 1; i <= 1_000; i++) {
            histogram.recordValue(i * 100L);
        }
        var values = LatencyMetrics.of(histogram, 7, 8, 9);
        assertThat(values.get("p50Millis")).isBetween(50.0, 50.1);
        assertThat(values.get("p90Millis")).isBetween(90.0, 90.1);
        assertThat(values.get("p99Millis")).isBetween(99.0, 99.1);
        assertThat(values.get("p999Millis")).isBetween(99.9, 100.0);
        assertThat(values)
                .containsEntry("commitsPerSecond", 7.0)
                .containsEntry("lagAtEndMillis", 8.0)
                .containsEntry("cpuPercent", 9.0);
    }
}
