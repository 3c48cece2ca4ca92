// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LsnTest {
    @ParameterizedTest
    @ValueSource(strings = {"0/0", "0/1A2B3C4", "16/B374D848", "FFFFFFFF/FFFFFFFF", "80000000/0"})
    void readsWhatItPrints(String text) {
        assertThat(Lsn.parse(text)).hasToString(text);
        assertThat(Lsn.parse(text.toLowerCase(java.util.Locale.ROOT))).hasToString(text);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "0", "0/", "/0", "0/123456789", "g/0", "0/0 ", "0/1@7"})
    void whatIsNoneIsNamed(String text) {
        assertThat(Lsn.find(text)).isEmpty();
        assertThatThrownBy(() -> Lsn.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'");
    }

    /** All 64 bits count: as a signed number the latter half would lie before the first. */
    @Test
    void theLatterHalfOfTheLogIsLater() {
        var first = new Lsn(Long.MAX_VALUE);
        var latter = new Lsn(Long.MIN_VALUE);
        assertThat(first.isBefore(latter)).isTrue();
        assertThat(latter.isAfter(first)).isTrue();
        assertThat(first.max(latter)).isEqualTo(latter);
        assertThat(latter.max(first)).isEqualTo(latter);
        assertThat(first.isAfter(first)).isFalse();
        assertThat(first.isBefore(first)).isFalse();
        assertThat(latter.high()).isEqualTo(0x8000_0000L);
        assertThat(latter.low()).isZero();
    }
}
