// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TallyTest {

    @Test
    void sumsUpInOneLine() {
        var tally = new Tally();
        tally.wrote();
        tally.wrote();
        tally.checkedRead(true);
        tally.checkedRead(false);
        tally.latencies().add(Duration.ofNanos(2_100_000));
        assertThat(tally.summary(1234))
                .isEqualTo(
                        "2 writes, 1,234 evictions, 1 stale read of 2 checked; commit to evicted p50 2.1 ms, p99 2.1 ms");
        assertThat(new Tally().summary(0)).endsWith("nothing measured");
    }

    @Test
    void aReadIsStaleIfAnyLevelIsOlderThanItsFloor() throws Exception {
        var floors = new Floors();
        floors.raise(Level.PROJECT, 3);
        floors.raise(Level.TASK, 5);
        var json = new ObjectMapper();
        var fresh = json.readTree("{\"series_project\":4,\"series_task\":5,\"series_branch\":9}");
        var stale = json.readTree("{\"series_project\":2,\"series_task\":5}");

        assertThat(Floors.covers(fresh, floors.now())).isTrue();
        assertThat(Floors.covers(stale, floors.now())).isFalse();
        assertThat(Floors.covers(json.readTree("{}"), floors.now())).isFalse();
    }
}
