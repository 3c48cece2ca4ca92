// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void threadsTakeTurnsAtEqualIntervals() {
        var times = new ArrayList<Long>();
        for (int thread = 0; thread < 3; thread++) {
            var schedule = new Schedule(0, 10, SECOND, thread, 3);
            for (long turn = 0; turn < schedule.turns(); turn++) {
                times.add(schedule.nanosUntil(turn, 0) / 1_000_000);
            }
        }
        assertThat(times.stream().sorted())
                .containsExactlyElementsOf(
                        IntStream.range(0, 10).mapToObj(i -> i * 100L).toList());
    }

    @Test
    void slowRateLeavesThreadsWithoutWork() {
        assertThat(new Schedule(0, 2, SECOND, 1, 16).turns()).isEqualTo(1);
        assertThat(new Schedule(0, 2, SECOND, 2, 16).turns()).isZero();
    }

    @Test
    void waitingEndsWhenTheTurnIsDue() {
        var schedule = new Schedule(1_000, 10, SECOND, 0, 1);
        assertThat(schedule.nanosUntil(1, 1_000)).isEqualTo(100_000_000);
        assertThat(schedule.nanosUntil(1, 200_000_000)).isNegative();
    }

    @Test
    void whoIsBehindGivesUpSoonAfterTheEnd() {
        var schedule = new Schedule(0, 10, SECOND, 0, 1);
        assertThat(schedule.isOver(1_050_000_000L)).isFalse();
        assertThat(schedule.isOver(1_150_000_000L)).isTrue();
    }
}
