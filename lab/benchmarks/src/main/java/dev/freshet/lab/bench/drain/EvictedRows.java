// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.drain;

import dev.freshet.lab.bench.world.ItemKeys;

/** Rows whose keys are gone. */
final class EvictedRows implements RowsSeen {
    private final ItemKeys keys;
    private final long rows;
    private final long others;

    /** @param others the number of keys beside those of the rows */
    EvictedRows(ItemKeys keys, long rows, long others) {
        this.keys = keys;
        this.rows = rows;
        this.others = others;
    }

    /** Off by a few if the number of other keys changes. */
    @Override
    public long count() {
        return Math.max(0, Math.min(rows, rows + others - keys.allKeys()));
    }

    @Override
    public boolean isComplete() {
        return keys.left() == 0;
    }
}
