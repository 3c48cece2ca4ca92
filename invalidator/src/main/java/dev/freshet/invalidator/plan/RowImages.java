// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.plan;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Images of one table's rows, found by the columns that joins ask by. An image that was added several times is found
 * once, until it was removed as often: a hot row that stays in its place costs a join no more than any other.
 */
final class RowImages {
    private final Map<List<String>, Map<List<String>, Map<Row, Integer>>> index = new HashMap<>();

    /** @param by the columns to be asked by */
    RowImages(Iterable<List<String>> by) {
        by.forEach(columns -> index.put(columns, new HashMap<>()));
    }

    void add(Row row) {
        index.forEach((columns, images) -> {
            List<String> tuple = row.get(columns);
            if (!tuple.contains(null)) {
                images.computeIfAbsent(tuple, t -> new LinkedHashMap<>(2)).merge(row, 1, Integer::sum);
            }
        });
    }

    void remove(Row row) {
        index.forEach((columns, images) -> images.computeIfPresent(row.get(columns), (tuple, rows) -> {
            rows.computeIfPresent(row, (same, times) -> times == 1 ? null : times - 1);
            return rows.isEmpty() ? null : rows;
        }));
    }

    void clear() {
        index.values().forEach(Map::clear);
    }

    Set<Row> find(List<String> columns, List<String> tuple) {
        return index.get(columns).getOrDefault(tuple, Map.of()).keySet();
    }
}
