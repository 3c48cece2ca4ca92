// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.source;

import dev.freshet.protocol.Lsn;
import java.util.OptionalLong;

/**
 * A row of {@code pg_replication_slots}.
 *
 * @param database of the slot; null for a physical one
 * @param activePid process that streams from it, or 0
 * @param walStatus {@code reserved}, {@code extended}, {@code unreserved} or {@code lost}
 * @param invalidation why PostgreSQL 17 and later invalidated the slot, or null
 * @param confirmedLsn everything up to here was acknowledged
 * @param lagBytes WAL written since that position
 * @param safeBytes how much WAL may still be written before PostgreSQL may give up the slot; empty if no limit is set, or
 *     it has done so
 * @param sentLsn how far the process that streams from it has read the WAL; 0 if there is none, or it is not known
 * @param working whether that process computes or reads, rather than waiting for WAL or for its client; false if there
 *     is none, or it belongs to another role
 * @param synced whether PostgreSQL 17 or later copied it here from a primary, before this server was promoted
 */
public record SlotInfo(
        String name,
        String plugin,
        String database,
        int activePid,
        String walStatus,
        String invalidation,
        Lsn confirmedLsn,
        long lagBytes,
        OptionalLong safeBytes,
        Lsn sentLsn,
        boolean working,
        boolean synced) {
    /** True if PostgreSQL no longer has the WAL that the slot needs. */
    public boolean lost() {
        return "lost".equals(walStatus) || invalidation != null;
    }
}
