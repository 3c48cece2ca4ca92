// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.status;

import dev.freshet.postgres.slot.SlotReport;
import java.time.Duration;

/**
 * What happens per second, measured between two looks. NaN is what was not measured.
 *
 * @param changes rows that were read from the WAL
 * @param evictions keys and tags that were found stale
 * @param removed keys and entries that Redis removed
 * @param wal bytes that PostgreSQL wrote
 */
record Rates(double changes, double transactions, double evictions, double removed, double wal) {
    static final Rates NONE = new Rates(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    /** @param first null if nobody answered then */
    static Rates between(Running first, Running then, SlotReport before, SlotReport after) {
        Rates none = NONE;
        double wal = none.wal;
        if (before != null && after != null) {
            double over = Duration.between(before.now(), after.now()).toNanos() / 1e9;
            wal = over <= 0
                    ? none.wal
                    : Math.max(
                                    0,
                                    after.retention().walEnd()
                                            - before.retention().walEnd())
                            / over;
        }
        if (first == null || then == null) {
            return new Rates(none.changes, none.transactions, none.evictions, none.removed, wal);
        }
        return new Rates(
                rate(first, then, "invalidator_changes"),
                rate(first, then, "invalidator_transactions"),
                rate(first, then, "invalidator_evictions"),
                rate(first, then, "evict_entries") + rate(first, then, "evict_keys"),
                wal);
    }

    /** A process that was started anew in between begins from zero again. */
    private static double rate(Running first, Running then, String counter) {
        double over = (then.meters().nanoTime() - first.meters().nanoTime()) / 1e9;
        double counted = then.meters().count(counter) - first.meters().count(counter);
        return over <= 0 || counted < 0 ? Double.NaN : counted / over;
    }

    boolean areMeasured() {
        return !Double.isNaN(changes);
    }
}
