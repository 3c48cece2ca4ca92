// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.cluster.SlotHash;
import org.junit.jupiter.api.Test;

class PositionIndexTest {
    @Test
    void isTheSmallestNumberWhoseHashTagFallsToTheMaster() {
        for (int from : new int[] {0, 5461, 10923}) {
            int to = from + 5461;
            int n = PositionIndex.of(slot -> slot >= from && slot < to);
            assertThat(SlotHash.getSlot("ctx:~position:{" + n + "}")).isBetween(from, to - 1);
            for (int smaller = 0; smaller < n; smaller++) {
                assertThat(SlotHash.getSlot("ctx:~position:{" + smaller + "}"))
                        .matches(slot -> slot < from || slot >= to);
            }
        }
    }

    @Test
    void everySingleSlotHasOne() {
        for (int slot = 0; slot < SlotHash.SLOT_COUNT; slot += 1009) {
            int wanted = slot;
            assertThat(PositionIndex.slot(PositionIndex.of(other -> other == wanted)))
                    .isEqualTo(slot);
        }
    }

    @Test
    void aMasterWithoutSlotsHasNone() {
        assertThatThrownBy(() -> PositionIndex.of(slot -> false)).hasMessageContaining("no slot");
    }
}
