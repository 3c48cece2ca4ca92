// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.audit;

import dev.freshet.protocol.Lsn;
import java.util.Map;
import java.util.Set;

/**
 * What PostgreSQL says, in one snapshot, of the rows behind some entries.
 *
 * @param next the transaction id, of 64 bits, that was to be given out next
 * @param before WAL position taken before that snapshot
 * @param upTo WAL position at or past every commit that the snapshot sees
 * @param rows those that exist
 * @param unreadable rows whose id is no value of their column's type
 */
public record Facts(
        long next,
        Lsn before,
        Lsn upTo,
        Map<RowKey, RowVersion> rows,
        Map<ListKey, Children> children,
        Set<RowKey> unreadable) {
    public Facts {
        rows = Map.copyOf(rows);
        children = Map.copyOf(children);
        unreadable = Set.copyOf(unreadable);
    }
}
