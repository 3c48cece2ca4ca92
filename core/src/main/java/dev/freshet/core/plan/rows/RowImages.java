// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.plan.rows;

import dev.freshet.core.stream.Row;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Images of one table's rows, indexed by the columns that joins look up by. An image that was added several times is
 * found once, until it has been removed as many times. So a hot row that stays in its place costs a join no more than
 * any other.
 */
final class RowImages {
    /** Measured sizes: one more image of a tuple, and a tuple with its first image. */
    private static final int IMAGE_BYTES = 56;

    private static final int TUPLE_BYTES = 190;

    private final Map<List<String>, Map<List<String>, Map<Row, Integer>>> index = new HashMap<>();

    /** @param by the columns to look up by */
    RowImages(Iterable<List<String>> by) {
        by.forEach(columns -> index.put(columns, new HashMap<>()));
    }

    /** Adds an image. Returns roughly how many bytes that takes, beside the row itself. */
    int add(Row row) {
        int bytes = 0;
        for (var entry : index.entrySet()) {
            List<String> tuple = row.get(entry.getKey());
            if (!tuple.contains(null)) {
                var images = entry.getValue();
                bytes += images.containsKey(tuple) ? IMAGE_BYTES : TUPLE_BYTES;
                images.computeIfAbsent(tuple, t -> new LinkedHashMap<>(2)).merge(row, 1, Integer::sum);
            }
        }
        return bytes;
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
