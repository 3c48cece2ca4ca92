// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotTest {
    private static final long TWO_32 = 1L << 32;

    @Test
    void seesWhatFinishedBeforeItAndNotWhatRunsOrStartsLater() {
        Snapshot snapshot = Snapshot.parse("100:110:100,105");

        assertThat(LongStream.range(90, 120).filter(snapshot::sees))
                .containsExactlyElementsOf(LongStream.range(90, 110)
                        .filter(id -> id != 100 && id != 105)
                        .boxed()
                        .toList());
        assertThat(LongStream.range(90, 120).filter(snapshot::isBeforeAllRunning))
                .containsExactlyElementsOf(LongStream.range(90, 100).boxed().toList());
    }

    /** Moves one little history all the way round the wrap, and over several epochs. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 5})
    void comparesModuloTheWrap(long epoch) {
        for (long shift = -40; shift <= 40; shift++) {
            long base = (epoch + 1) * TWO_32 + shift;
            long running = base + 2;
            Snapshot snapshot = Snapshot.parse(running + ":" + (base + 6) + ":" + running + "," + (base + 4));
            for (long offset = -10; offset <= 20; offset++) {
                long xid = (base + offset) & 0xFFFF_FFFFL;
                if (xid < 3) {
                    continue; // not a transaction's id: PostgreSQL skips these when it wraps
                }
                boolean expected = offset < 6 && offset != 2 && offset != 4;
                assertThat(snapshot.sees(xid))
                        .as("xid %d at base %d", xid, base)
                        .isEqualTo(expected);
                assertThat(snapshot.isBeforeAllRunning(xid))
                        .as("xid %d at base %d", xid, base)
                        .isEqualTo(offset < 2);
            }
        }
    }

    @Test
    void anIdIsOlderThanTheHalfOfAllIdsAfterIt() {
        long now = TWO_32 + 1000;
        Snapshot snapshot = Snapshot.parse(now + ":" + now + ":");

        assertThat(snapshot.sees(999)).isTrue();
        assertThat(snapshot.sees(1000)).isFalse();
        assertThat(snapshot.sees(1000 + (1L << 31) - 1)).isFalse();
        assertThat(snapshot.sees(1000 + (1L << 31) + 1)).isTrue();
    }

    @Test
    void ignoresTheEpochOfTheSnapshot() {
        assertThat(Snapshot.parse("4294967396:4294967400:4294967398").sees(102)).isFalse();
        assertThat(Snapshot.parse("4294967396:4294967400:4294967398").sees(101)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1:2", "1:2:3:4", "a:2:", "1:2:x", "1:2:3,", "::"})
    void refusesWhatIsNotASnapshot(String text) {
        assertThatThrownBy(() -> Snapshot.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 1, 2, 1L << 32})
    void refusesWhatCannotBeATransaction(long txId) {
        assertThatThrownBy(() -> Snapshot.parse("10:10:").sees(txId)).isInstanceOf(IllegalArgumentException.class);
    }
}
