// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart.tour;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class ReportedValuesTest {

    @Test
    void aReadIsStaleIfAnyLevelIsOlderThanWasReported() throws Exception {
        var reported = new ReportedValues();
        reported.raise(SeriesLevel.PROJECT, 3);
        reported.raise(SeriesLevel.TASK, 5);
        var json = new ObjectMapper();
        var fresh = json.readTree("{\"series_project\":4,\"series_task\":5,\"series_branch\":9}");
        var stale = json.readTree("{\"series_project\":2,\"series_task\":5}");

        assertThat(ReportedValues.covers(fresh, reported.now())).isTrue();
        assertThat(ReportedValues.covers(stale, reported.now())).isFalse();
        assertThat(ReportedValues.covers(json.readTree("{}"), reported.now())).isFalse();
    }
}
