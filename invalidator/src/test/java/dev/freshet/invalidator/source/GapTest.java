// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.invalidator.evict.Position;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GapTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @Test
    void noGapIfTheSlotIsAtOrBehindWhatWasEvicted() {
        assertThat(Gap.find(false, slot(100), "7", position("7", "s", 100))).isEmpty();
        assertThat(Gap.find(false, slot(99), "7", position("7", "s", 100))).isEmpty();
    }

    @Test
    void slotAheadOfWhatWasEvictedIsAGap() {
        assertThat(Gap.find(false, slot(0x1_0000_00FFL), "7", position("7", "s", 100)))
                .hasValueSatisfying(why -> assertThat(why).contains("1/FF").contains("0/64"));
    }

    @Test
    void positionsAreComparedAsUnsigned() {
        assertThat(Gap.find(false, slot(-1), "7", position("7", "s", 100))).isPresent();
        assertThat(Gap.find(false, slot(100), "7", position("7", "s", -1))).isEmpty();
    }

    @Test
    void newSlotEmptyRedisAndOtherDatabaseOrSlotAreGaps() {
        assertThat(Gap.find(true, slot(100), "7", position("7", "s", 100))).isPresent();
        assertThat(Gap.find(false, slot(100), "7", Optional.empty())).isPresent();
        assertThat(Gap.find(false, slot(100), "8", position("7", "s", 100))).isPresent();
        assertThat(Gap.find(false, slot(100), "7", position("7", "t", 100))).isPresent();
    }

    private static SlotInfo slot(long confirmed) {
        return new SlotInfo("s", "pgoutput", "db", 0, "reserved", null, confirmed, 0);
    }

    private static Optional<Position> position(String system, String slot, long lsn) {
        return Optional.of(new Position(system, slot, lsn, NOW, NOW, 1));
    }
}
