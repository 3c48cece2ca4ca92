// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {

    @Test
    void wrapsAtSpacesAndLeavesLongWordsWhole() {
        assertThat(Text.wrap("one two three", 7)).containsExactly("one two", "three");
        assertThat(Text.wrap("a verylongword b", 5)).containsExactly("a", "verylongword", "b");
        assertThat(Text.wrap("", 5)).containsExactly("");
    }

    @Test
    void cutsAndShowsThatItDid() {
        assertThat(Text.cut("abcdef", 6)).isEqualTo("abcdef");
        assertThat(Text.cut("abcdef", 5)).isEqualTo("abcd…");
    }

    @ParameterizedTest
    @CsvSource({"420, 0.42 ms", "3140, 3.1 ms", "42000, 42 ms", "1234000, 1.2 s"})
    void showsTimesWithTwoDigitsOrSo(long micros, String text) {
        assertThat(Text.time(Duration.ofNanos(micros * 1000))).isEqualTo(text);
    }

    @Test
    void countsThings() {
        assertThat(Text.count(1, "write")).isEqualTo("1 write");
        assertThat(Text.count(0, "stale read")).isEqualTo("0 stale reads");
        assertThat(Text.count(12345, "key")).isEqualTo("12,345 keys");
    }

    @Test
    void drawsProgress() {
        assertThat(Text.bar(4000, 10000, 10)).isEqualTo("████░░░░░░ 4,000 of 10,000");
        assertThat(Text.bar(3, 0, 4)).isEqualTo("████ 3 of 0");
    }
}
