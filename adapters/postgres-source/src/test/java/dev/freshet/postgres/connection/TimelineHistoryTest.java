// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.protocol.Lsn;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimelineHistoryTest {
    @Test
    void eachLineNamesATimelineAndWhereItWasLeft() {
        assertThat(TimelineHistory.parse("""
                        1\t0/3000148\tno recovery target specified

                        2\t16/B374D848\tat restore point "x"
                        # 7\t0/1\tnothing
                        """))
                .isEqualTo(Map.of(1, Lsn.parse("0/3000148"), 2, Lsn.parse("16/B374D848")));
        assertThat(TimelineHistory.parse("")).isEmpty();
    }
}
