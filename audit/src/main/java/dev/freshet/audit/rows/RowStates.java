// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.audit.rows;

import dev.freshet.protocol.Lsn;
import java.util.Map;
import java.util.Set;

/**
 * What PostgreSQL says about the rows behind some entries, all in one snapshot.
 *
 * @param next the next transaction id to be assigned, 64 bits
 * @param before WAL position taken before that snapshot
 * @param upTo WAL position at or past every commit that the snapshot sees
 * @param rows the rows that exist
 * @param unreadable rows whose id is not a value of the column's type
 */
public record RowStates(
        long next,
        Lsn before,
        Lsn upTo,
        Map<RowKey, RowVersion> rows,
        Map<ListKey, ListedRows> children,
        Set<RowKey> unreadable) {
    public RowStates {
        rows = Map.copyOf(rows);
        children = Map.copyOf(children);
        unreadable = Set.copyOf(unreadable);
    }
}
