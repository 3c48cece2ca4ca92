// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ClockOffsetTest {
    @Test
    void whatIsKnownOfAReadHoldsWhereItWasAndGetsNarrower() {
        var random = new Random(1);
        for (long behind : new long[] {0, 5_000_000_000L, -7_000_000_000_000L, Long.MAX_VALUE / 4}) {
            var clock = new ClockOffset();
            long now = 1_000_000_000L;
            for (int i = 0; i < 1_000; i++) {
                long asked = now;
                long began = asked + random.nextInt(1_000_000);
                long ended = began + random.nextInt(10_000_000);
                long answered = ended + random.nextInt(1_000_000);
                var span = clock.span(asked, began - behind, ended - behind, answered);
                assertThat(span.started()).isBetween(asked, began);
                assertThat(span.ended()).isBetween(ended, answered);
                now = answered;
            }
            // The request lay in the pipe for a second while the process was stopped.
            long began = now + 1_000_000_000L;
            var span = clock.span(now, began - behind, began - behind, began);
            assertThat(span.started()).isBetween(began - 100_000, began);
        }
    }
}
