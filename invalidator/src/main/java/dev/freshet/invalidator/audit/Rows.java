// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.audit;

import dev.freshet.model.mapping.TableName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which transactions of a history changed which rows. Not thread-safe. */
final class Rows {
    /** By table, by the columns of the id that are known (none, of a TRUNCATE), and by what stands in them. */
    private final Map<TableName, Map<Set<String>, Map<Map<String, String>, Deque<PastTransaction>>>> tables =
            new HashMap<>();

    /** Takes what came next. */
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

    /** Forgets the oldest. */
    void remove(PastTransaction oldest) {
        for (var change : oldest.changes()) {
            Map<String, String> id = change.knownId();
            var byId = tables.get(change.table()).get(id.keySet());
            var of = byId.get(id);
            // It may have changed the row twice, and then stands here no more.
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

    /** Those that changed this row, or may have, oldest first. */
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
