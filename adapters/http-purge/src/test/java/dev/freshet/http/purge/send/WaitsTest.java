// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.http.purge.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long is waited before the next request. */
class WaitsTest {
    private long now = 1_000_000;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0                             | 0
            7                             | 7
            ' 120 '                       | 120
            86400                         | 600
            -5                            | 0
            soon                          | 0
            ''                            | 0
            Sun, 22 Nov 2026 10:00:30 GMT | 30
            Sun, 22 Nov 2026 09:00:00 GMT | 0
            Sun, 22 Nov 2026 23:00:00 GMT | 600
            """)
    void retryAfterIsSecondsOrADateAndBounded(String header, long seconds) {
        assertThat(RetryAfter.of(header, Instant.parse("2026-11-22T10:00:00Z"))).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void pausesDoubleUpToTheLongestAndAreHalvedAtMost() {
        var pauses = new Pauses(Duration.ofMillis(100), Duration.ofSeconds(1), new Random(7));
        for (long most : new long[] {100, 200, 400, 800, 1000, 1000}) {
            assertThat(pauses.next().toMillis()).isBetween(most / 2, most);
        }
    }

    @Test
    void requestsKeepTheirDistance() {
        var rate = new RateLimit(6, () -> now);
        assertThat(rate.next()).isZero();
        assertThat(rate.next()).isEqualTo(Duration.ofSeconds(10));
        assertThat(rate.next()).isEqualTo(Duration.ofSeconds(20));
        now += Duration.ofMinutes(5).toNanos();
        assertThat(rate.next()).as("what was not used is gone").isZero();
        assertThat(rate.next()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void thoseOfASecondMayGoAtOnce() {
        var rate = new RateLimit(180, () -> now);
        assertThat(rate.next()).isZero();
        assertThat(rate.next()).isZero();
        assertThat(rate.next()).isZero();
        assertThat(rate.next()).isBetween(Duration.ofMillis(300), Duration.ofMillis(340));
    }

    @Test
    void withoutALimitNothingWaits() {
        var rate = new RateLimit(0, () -> now);
        for (int i = 0; i < 1000; i++) {
            assertThat(rate.next()).isZero();
        }
    }
}
