// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.slot;

import java.util.OptionalLong;

/**
 * How much of the WAL a slot makes PostgreSQL keep, and how much more it may.
 *
 * @param bytes WAL that is kept for the slot now
 * @param limit {@code max_slot_wal_keep_size} in bytes; empty if nothing but the disk limits it
 * @param left bytes that may be written until the slot can be lost; empty if there is no limit, or it is lost
 * @param walEnd current end of the WAL, in bytes since its beginning: two of these give the rate at which it is written
 */
public record Retention(long bytes, OptionalLong limit, OptionalLong left, long walEnd) {
    /** The part of the budget that is used, 0 to 1 or more; NaN if there is no limit. */
    public double used() {
        if (limit.isEmpty() || left.isEmpty()) {
            return Double.NaN;
        }
        double budget = (double) bytes + left.getAsLong();
        return budget <= 0 ? 1 : bytes / budget;
    }
}
