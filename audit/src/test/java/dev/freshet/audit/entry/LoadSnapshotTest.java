// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.audit.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoadSnapshotTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "790:795:791,793; 789; true",
                "790:795:791,793; 790; true",
                "790:795:791,793; 791; false",
                "790:795:791,793; 792; true",
                "790:795:791,793; 794; true",
                "790:795:791,793; 795; false",
                "790:790:; 789; true",
                "790:790:; 790; false",
                "4294967290:4294967300:4294967296; 4294967295; true",
                "4294967290:4294967300:4294967296; 4294967296; false",
                "4294967290:4294967300:4294967296; 5; true",
            })
    void seesWhatHadEndedBefore(String snapshot, long xid, boolean sees) {
        assertThat(LoadSnapshot.parse(snapshot).sees(xid)).isEqualTo(sees);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                // Around the end of a round of the 32-bit counter: 2^32 = 4294967296.
                "4294967290:4294967300:4294967298; 4294967295; true",
                "4294967290:4294967300:4294967298; 1; true",
                "4294967290:4294967300:4294967298; 2; false",
                "4294967290:4294967300:4294967298; 4; false",
                "4294967290:4294967300:4294967298; 3; true",
                "790:795:791; 791; false",
                "790:795:791; 796; false",
            })
    void shortIdsAreTakenForTheNearest(String snapshot, long xid, boolean sees) {
        assertThat(LoadSnapshot.parse(snapshot).seesShort(xid)).isEqualTo(sees);
    }

    @Test
    void anIdBehindARunningTransactionMayBeItsSavepoint() {
        var snapshot = LoadSnapshot.parse("790:800:792,797");
        assertThat(snapshot.mayHideItsTransaction(791)).isFalse();
        assertThat(snapshot.mayHideItsTransaction(793)).isTrue();
        assertThat(snapshot.mayHideItsTransaction(797)).as("unseen anyway").isFalse();
        assertThat(LoadSnapshot.parse("800:800:").mayHideItsTransaction(799)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1:2", "1:2:3:4", "a:2:", "1:b:", "1:2:x", "1:2:3,"})
    void anythingElseIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LoadSnapshot.parse(text))
                .withMessageContaining(text);
    }
}
