// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class PositionTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:15:30Z");

    @Test
    void theNextEpochIsGreaterThanAnyThatWasThoughTheLastIsForgotten() {
        long last = after(0, NOW);
        assertThat(after(0, NOW.plusSeconds(1))).isGreaterThan(last);
    }

    @Test
    void theNextEpochIsGreaterThoughTheClockWasSetBack() {
        long last = after(0, NOW);
        assertThat(after(last, NOW.minusSeconds(3600))).isGreaterThan(last);
    }

    private static long after(long epoch, Instant now) {
        return new Position.Origin("7", 1, "app", "s", "p", epoch)
                .nextEpoch(now)
                .epoch();
    }
}
