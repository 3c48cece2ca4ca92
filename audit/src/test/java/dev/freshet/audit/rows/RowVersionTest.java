// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.audit.rows;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowVersionTest {
    private static final long ROUND = 1L << 32;

    @ParameterizedTest
    @CsvSource({
        // next id (rounds, id), xmin, what it is (rounds, id)
        "0, 800, 790, 0, 790",
        "0, 800, 3, 0, 3",
        "1, 800, 790, 1, 790",
        "1, 800, 4294967290, 0, 4294967290",
        "1, 3, 4294967295, 0, 4294967295",
        "7, 100, 99, 7, 99",
        "7, 100, 2147483748, 6, 2147483748",
    })
    void xminIsWidenedToTheYoungestIdThatWasGivenOut(long rounds, long next, long xmin, long wideRounds, long wide) {
        var version = RowVersion.of(xmin, rounds * ROUND + next, xmin, 0);
        assertThat(version.xid()).isEqualTo(wideRounds * ROUND + wide);
        assertThat(version.certain()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1", "2"})
    void idsOfOldFrozenRowsAreOlderThanAnySnapshot(long xmin) {
        assertThat(RowVersion.of(xmin, ROUND + 5, 3, 0).xid()).isZero();
    }

    @Test
    void anIdThatWasNeverGivenOutIsOlderThanAnySnapshot() {
        // Without a round behind it the counter cannot have been there.
        assertThat(RowVersion.of(4_000_000_000L, 1_000, 700, 0).xid()).isZero();
    }

    @Test
    void aFrozenRowIsOnlyCertainInTheFirstRoundOfTheCounter() {
        assertThat(RowVersion.of(500, 1_000, 700, 0).certain()).isTrue();
        assertThat(RowVersion.of(500, ROUND + 1_000, 700, 0).certain()).isFalse();
        assertThat(RowVersion.of(800, ROUND + 1_000, 700, 0).certain()).isTrue();
        // relfrozenxid lies in the round before.
        assertThat(RowVersion.of(800, ROUND + 1_000, 4_294_000_000L, 0).certain())
                .isTrue();
        assertThat(RowVersion.of(4_293_000_000L, ROUND + 1_000, 4_294_000_000L, 0)
                        .certain())
                .isFalse();
    }

    @Test
    void aRowThatWasWrittenWithItsTableIsTold() {
        assertThat(RowVersion.of(800, 900, 700, 800).withItsTable()).isTrue();
        assertThat(RowVersion.of(801, 900, 700, 800).withItsTable()).isFalse();
    }
}
