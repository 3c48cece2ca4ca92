// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.warming;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cache.store.EntryAddress;
import dev.freshet.protocol.Isolate;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Which keys are hot, and how many loads a second they get. */
class WarmerTest {
    @Test
    void countsAreHalvedSoThatWhatWasHotCoolsDown() {
        var counts = new ReadCounts(() -> 0);
        for (int i = 1; i <= 100; i++) {
            assertThat(counts.add("hot")).isGreaterThanOrEqualTo(i);
        }
        for (int i = 0; i < 10 * (1 << 13); i++) {
            counts.add("other" + i % 64);
        }
        assertThat(counts.add("hot")).isBetween(40, 60);
    }

    @Test
    void whatWasHotLongAgoIsLeftToTheNextRead() throws Exception {
        var now = new AtomicLong();
        var warmed = new LinkedBlockingQueue<String>();
        var settings = new WarmingSettings(100, 1, 8, 100);
        try (var warmer =
                new Warmer<String>(settings, hot -> warmed.add(hot.entry().name()), outcome -> {}, now::get)) {
            readOften(warmer, "once");
            warmer.changed("once".getBytes(StandardCharsets.US_ASCII));
            assertThat(warmed.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo("once");

            now.addAndGet(Duration.ofMinutes(2).toNanos());
            readOften(warmer, "now");
            warmer.changed("once".getBytes(StandardCharsets.US_ASCII));
            warmer.changed("now".getBytes(StandardCharsets.US_ASCII));
            assertThat(warmed.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo("now");
        }
    }

    private static void readOften(Warmer<String> warmer, String name) {
        for (int i = 0; i < 8; i++) {
            warmer.read(new EntryAddress(Isolate.SHARED, name), "loader");
        }
    }

    @Test
    void aBudgetIsRefilledAndNotSavedUp() {
        var now = new AtomicLong();
        var budget = new Budget(2, now::get);
        assertThat(taken(budget)).isEqualTo(2);
        now.addAndGet(500_000_000);
        assertThat(taken(budget)).isEqualTo(1);
        now.addAndGet(60_000_000_000L);
        assertThat(taken(budget)).isEqualTo(2);
    }

    private static int taken(Budget budget) {
        int taken = 0;
        while (budget.take()) {
            taken++;
        }
        return taken;
    }
}
