// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.wal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The short form of {@code freshet bench wal}: random tables and mappings, end to end. */
class WalRunTest {
    private static final long SEED = Long.getLong("freshet.wal.seed", 1);
    private static final int TRANSACTIONS = Integer.getInteger("freshet.wal.transactions", 120);

    @Test
    void nothingIsMissedThroughTheRealStream() throws Exception {
        var run = new WalRun(WalSetup.generated(SEED, 10), SEED);
        boolean right = run.run(TRANSACTIONS, told -> {});
        assertThat(right).as("seed %d, missed %s", SEED, run.missed()).isTrue();
        assertThat(run.transactions()).isGreaterThanOrEqualTo(TRANSACTIONS);
        assertThat(run.needed()).as("stale at all").isGreaterThan(TRANSACTIONS);
    }
}
