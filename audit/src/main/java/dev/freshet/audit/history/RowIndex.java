// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.audit.history;

import dev.freshet.model.mapping.TableName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Index of the transactions of a history by the rows they changed. Not thread-safe. */
final class RowIndex {
    /** By table, by the known columns of the id (none for a TRUNCATE), and by their values. */
    private final Map<TableName, Map<Set<String>, Map<Map<String, String>, Deque<PastTransaction>>>> tables =
            new HashMap<>();

    /** Adds the next transaction. */
    void add(PastTransaction transaction) {
        for (var change : transaction.changes()) {
            Map<String, String> id = change.knownId();
            Deque<PastTransaction> of = tables.computeIfAbsent(change.table(), table -> new HashMap<>())
                    .computeIfAbsent(id.keySet(), columns -> new HashMap<>())
                    .computeIfAbsent(id, row -> new ArrayDeque<>(1));
            if (of.peekLast() != transaction) {
                of.addLast(transaction);
            }
        }
    }

    /** Removes the oldest transaction. */
    void remove(PastTransaction oldest) {
        for (var change : oldest.changes()) {
            Map<String, String> id = change.knownId();
            var byId = tables.get(change.table()).get(id.keySet());
            var of = byId.get(id);
            // If it changed the row twice, it was removed already.
            if (of != null && of.peekFirst() == oldest) {
                of.removeFirst();
                if (of.isEmpty()) {
                    byId.remove(id);
                }
            }
        }
    }

    void clear() {
        tables.clear();
    }

    /** The transactions that changed this row, or may have, oldest first. */
    List<PastTransaction> of(TableName table, List<String> idColumns, List<String> rowId) {
        var id = new HashMap<String, String>();
        for (int i = 0; i < rowId.size(); i++) {
            id.put(idColumns.get(i), rowId.get(i));
        }
        var found = new TreeMap<Long, PastTransaction>();
        tables.getOrDefault(table, Map.of()).forEach((columns, byId) -> {
            var known = new HashMap<>(id);
            known.keySet().retainAll(columns);
            byId.getOrDefault(known, new ArrayDeque<>()).forEach(by -> found.put(by.number(), by));
        });
        return List.copyOf(found.values());
    }
}
