// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.audit;

import dev.freshet.model.mapping.TableName;
import dev.freshet.protocol.Lsn;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What the invalidator did about one transaction.
 *
 * @param number counts the transactions of one invalidator process
 * @param txId 32 bits, as in the WAL
 * @param lsn WAL position behind its commit
 * @param changes the first of its row changes
 * @param allChanges whether these are all
 * @param evictions the first of what it evicted, of tags
 * @param allEvictions whether these are all
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
     * @param id by column; empty if it is not known which row it was
     * @param columns those that an update changed, as far as it is known
     */
    public record Change(TableName table, String operation, Map<String, String> id, Set<String> columns) {
        public Change {
            columns = Set.copyOf(columns);
        }

        /** By column, as far as it is known. */
        Map<String, String> knownId() {
            if (id.values().stream().allMatch(Objects::nonNull)) {
                return id;
            }
            var known = new HashMap<>(id);
            known.values().removeIf(Objects::isNull);
            return known;
        }

        boolean isOf(TableName otherTable, List<String> idColumns, List<String> rowId) {
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
     * @param isolate null for rows without an owner; nobody's in particular if {@code glob}
     * @param glob whether the name stands for all tags, of every isolate, that match it
     */
    public record Purged(String isolate, String name, boolean glob) {}
}
