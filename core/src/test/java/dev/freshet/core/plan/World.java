// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.plan;

import dev.freshet.core.plan.rows.Relations;
import dev.freshet.core.stream.Row;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tables as plain lists of rows, searched row by row: too slow to be wrong. */
public final class World implements Relations {
    private final Map<TableName, List<Map<String, String>>> tables = new HashMap<>();

    public List<Map<String, String>> rows(EntityMapping entity) {
        return tables.computeIfAbsent(entity.table(), t -> new ArrayList<>());
    }

    World copy() {
        var copy = new World();
        tables.forEach((table, rows) -> copy.tables.put(table, new ArrayList<>(rows)));
        return copy;
    }

    public static List<String> values(Map<String, String> row, List<String> columns) {
        var values = new ArrayList<String>();
        columns.forEach(column -> values.add(row.get(column)));
        return values;
    }

    @Override
    public void find(TableName table, List<String> columns, List<List<String>> tuples, Found found) {
        for (Map<String, String> row : List.copyOf(tables.getOrDefault(table, List.of()))) {
            int tuple = tuples.indexOf(values(row, columns));
            if (tuple >= 0) {
                found.row(tuple, new Row(row));
            }
        }
    }
}
