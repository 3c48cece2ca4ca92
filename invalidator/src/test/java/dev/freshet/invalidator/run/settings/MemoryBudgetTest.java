// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.plan.Planner;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("memory")
class MemoryBudgetTest {
    /** About how much memory a remembered eviction or change takes. */
    private static final long DETAIL_BYTES = 400;

    @ParameterizedTest
    @ValueSource(longs = {64, 102, 256, 512, 2_048})
    void halfOfTheHeapIsNeverSpoken(long mebibytes) {
        long heap = mebibytes << 20;
        var budget = MemoryBudget.of(heap);
        long all = (long) budget.touchedRows() * Planner.ROW_BYTES
                + DETAIL_BYTES * (budget.evictions() + budget.details());
        assertThat(all).isLessThan(heap / 2);
        assertThat(budget.evictions()).isPositive();
    }

    @Test
    void aLargeHeapDoesNotMakeThemGrowForEver() {
        assertThat(MemoryBudget.of(64L << 30)).isEqualTo(new MemoryBudget(Planner.DEFAULT_CAPACITY, 50_000, 50_000));
    }
}
