// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.lab.bench.process.ProcessUsage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DrainedTest {
    @Test
    void cpuOfTheStartDoesNotCount() {
        var drained = Drained.of(
                200_000, Duration.ofMillis(2_500), new ProcessUsage(3, 90, 100), new ProcessUsage(5, 150, 180));
        assertThat(drained).isEqualTo(new Drained(2.5, 80_000, 10, 180));
    }

    @Test
    void smallBacklogHasNoTransactionsLargerThanItself() {
        assertThat(DrainSettings.of(1_000_000, 128, 3).transactions()).containsExactly(1L, 1_000L, 1_000_000L);
        assertThat(DrainSettings.of(500, 128, 3).transactions()).containsExactly(1L, 500L);
        assertThat(DrainSettings.of(1, 128, 3).transactions()).containsExactly(1L);
    }

    @Test
    void settingsAreNamedForReaders() {
        assertThat(List.of(DrainBench.name(1), DrainBench.name(1_000)))
                .containsExactly("1 row a transaction", "1,000 rows a transaction");
    }

    @Test
    void backlogHasRows() {
        assertThatThrownBy(() -> DrainSettings.of(0, 128, 1)).hasMessage("--rows is 0, expected 1 or more");
        assertThatThrownBy(() -> DrainSettings.of(1, 128, 0)).hasMessage("--rounds is 0, expected 1 or more");
    }
}
