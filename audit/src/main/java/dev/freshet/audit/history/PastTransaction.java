// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.audit.history;

import dev.freshet.model.mapping.TableName;
import dev.freshet.protocol.Lsn;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What the invalidator did for one transaction.
 *
 * @param number counts the transactions of one invalidator process
 * @param txId 32 bits, as in the WAL
 * @param lsn WAL position just past its commit
 * @param changes its first row changes
 * @param allChanges whether {@code changes} is complete
 * @param evictions its first evictions of tags
 * @param allEvictions whether {@code evictions} is complete
 */
public record PastTransaction(
        long number,
        long txId,
        Lsn lsn,
        Instant committedAt,
        Instant evictedAt,
        List<Change> changes,
        boolean allChanges,
        List<Purged> evictions,
        boolean allEvictions) {
    public PastTransaction {
        changes = List.copyOf(changes);
        evictions = List.copyOf(evictions);
    }

    /**
     * A row change.
     *
     * @param operation {@code create}, {@code update}, {@code delete} or {@code truncate}
     * @param id by column; empty if the row is unknown
     * @param columns the columns that an update changed, as far as known
     */
    public record Change(TableName table, String operation, Map<String, String> id, Set<String> columns) {
        public Change {
            columns = Set.copyOf(columns);
        }

        /** The known columns of the id. */
        Map<String, String> knownId() {
            if (id.values().stream().allMatch(Objects::nonNull)) {
                return id;
            }
            var known = new HashMap<>(id);
            known.values().removeIf(Objects::isNull);
            return known;
        }

        public boolean isOf(TableName otherTable, List<String> idColumns, List<String> rowId) {
            if (!table.equals(otherTable)) {
                return false;
            }
            for (int i = 0; i < rowId.size(); i++) {
                String known = id.get(idColumns.get(i));
                if (known != null && !known.equals(rowId.get(i))) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * A tag that was purged.
     *
     * @param isolate null for rows without an owner; without meaning if {@code glob}
     * @param glob whether the name is a pattern for tags of every isolate
     */
    public record Purged(String isolate, String name, boolean glob) {}
}
