// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.settings;

import dev.freshet.core.plan.Planner;

/**
 * How much may be held of transactions, however large they are, so that everything fits into the heap. Beyond that, the
 * stream is held back, details are forgotten, or keys are evicted by pattern.
 *
 * @param touchedRows rows of tables that joins look up, see
 *     {@link Planner#Planner(dev.freshet.model.mapping.Mapping, int)}
 * @param evictions evictions that are remembered for a master of Redis that has not received them all
 * @param details changes and evictions of large transactions that are kept for display
 */
public record MemoryBudget(int touchedRows, int evictions, int details) {
    private static final int MOST_REMEMBERED = 50_000;
    /** One item takes about 400 bytes. Evictions and details together must not take more than a tenth of the heap. */
    private static final int REMEMBERED_BYTES = 8_192;

    public static MemoryBudget ofThisProcess() {
        return of(Runtime.getRuntime().maxMemory());
    }

    static MemoryBudget of(long heap) {
        int remembered = (int) Math.min(MOST_REMEMBERED, heap / REMEMBERED_BYTES);
        return new MemoryBudget(
                (int) Math.min(Planner.DEFAULT_CAPACITY, heap / 20 * 7 / Planner.ROW_BYTES), remembered, remembered);
    }
}
