// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.admin.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LastPurgesTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final LastPurges purges = new LastPurges();

    @Test
    void aPurgeIsOfTheMomentAtWhichItsCounterWasSeenToGrow() {
        purges.seen(Map.of(), START);
        purges.seen(Map.of("no-position", 1L), START.plusSeconds(5));
        purges.seen(Map.of("no-position", 1L, "slot-ahead", 1L), START.plusSeconds(10));
        purges.seen(Map.of("no-position", 1L, "slot-ahead", 2L), START.plusSeconds(15));
        assertThat(purges.times())
                .isEqualTo(Map.of("no-position", START.plusSeconds(5), "slot-ahead", START.plusSeconds(15)));
    }
}
