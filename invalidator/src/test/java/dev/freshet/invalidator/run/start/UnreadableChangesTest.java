// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.pipeline.UnreadableException;
import dev.freshet.protocol.Lsn;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("memory")
class UnreadableChangesTest {
    private final UnreadableChanges changes = new UnreadableChanges();

    @Test
    void threeAttemptsAtOnePositionAreMade() {
        assertThat(changes.failed(at(1))).isFalse();
        assertThat(changes.failed(at(1))).isFalse();
        assertThat(changes.failed(at(2))).isFalse();
        assertThat(changes.failed(at(2))).isFalse();
        assertThat(changes.due()).isEmpty();
        assertThat(changes.failed(at(2))).isTrue();
        assertThat(changes.due()).isPresent();
    }

    @Test
    void whereNothingWasReadSinceTwiceAsManyAre() {
        giveUp(1, 3);
        changes.skipped(new Lsn(5), Instant.EPOCH);
        assertThat(changes.isNoBetter(at(5))).isTrue();
        giveUp(5, 6);
        changes.skipped(new Lsn(9), Instant.EPOCH);
        giveUp(9, 12);
        changes.skipped(new Lsn(10), Instant.EPOCH);
        assertThat(changes.isNoBetter(at(11))).isFalse();
        giveUp(11, 3);
        assertThat(changes.count()).isEqualTo(3);
    }

    @Test
    void whatWasTriedForHoursIsNotTriedAgain() {
        assertThat(changes.failed(new UnreadableException(new Lsn(1), OptionalLong.empty(), "silent", null)))
                .isTrue();
    }

    @Test
    void whereProcessesDiedAndNothingWasReadSinceTwiceAsManyMust() {
        assertThat(changes.processesWanted(new Lsn(1))).isEqualTo(3);
        changes.failed(UnreadableException.killing(new Lsn(1), 3));
        changes.skipped(new Lsn(5), Instant.EPOCH);
        assertThat(changes.processesWanted(new Lsn(5))).isEqualTo(6);
        assertThat(changes.processesWanted(new Lsn(6))).isEqualTo(3);
        changes.failed(UnreadableException.killing(new Lsn(5), 6));
        changes.skipped(new Lsn(9), Instant.EPOCH);
        assertThat(changes.processesWanted(new Lsn(9))).isEqualTo(12);
    }

    @Test
    void whatAnotherInstanceHasReadIsNotGivenUp() {
        giveUp(1, 3);
        changes.wereRead();
        assertThat(changes.due()).isEmpty();
        giveUp(1, 3);
    }

    @Test
    void whatWasGivenUpIsTold() {
        giveUp(1, 3);
        changes.skipped(new Lsn(0x2_0000_0001L), Instant.EPOCH);
        assertThat(changes.due()).isEmpty();
        assertThat(changes.last())
                .contains(new UnreadableChanges.Skipped(
                        new Lsn(1), new Lsn(0x2_0000_0001L), OptionalLong.of(771), "broken", Instant.EPOCH));
    }

    private void giveUp(long position, int attempts) {
        for (int i = 1; i < attempts; i++) {
            assertThat(changes.failed(at(position))).as("attempt " + i).isFalse();
        }
        assertThat(changes.failed(at(position))).isTrue();
    }

    private static UnreadableException at(long position) {
        return new UnreadableException(new Lsn(position), OptionalLong.of(771), "broken", new IllegalStateException());
    }
}
