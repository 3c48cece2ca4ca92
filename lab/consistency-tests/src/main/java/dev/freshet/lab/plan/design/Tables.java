// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.plan.design;

import dev.freshet.core.plan.rows.Relations;
import dev.freshet.core.stream.Row;
import dev.freshet.model.mapping.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rows of a database, by table and id. */
public final class Tables implements Relations {
    private final Map<String, Map<List<String>, Map<String, String>>> rows = new LinkedHashMap<>();

    public Map<List<String>, Map<String, String>> of(String table) {
        return rows.computeIfAbsent(table, name -> new LinkedHashMap<>());
    }

    public Collection<Map<String, String>> rows(TableName table) {
        var known = rows.get(table.table());
        return known == null ? List.of() : known.values();
    }

    /** A copy. The rows themselves are shared, because they are only ever replaced. */
    public Tables copy() {
        var copy = new Tables();
        rows.forEach((table, byId) -> copy.rows.put(table, new LinkedHashMap<>(byId)));
        return copy;
    }

    public static List<String> values(Map<String, String> row, List<String> columns) {
        var values = new ArrayList<String>(columns.size());
        columns.forEach(column -> values.add(row.get(column)));
        return values;
    }

    @Override
    public void find(TableName table, List<String> columns, List<List<String>> tuples, Found found) {
        for (Map<String, String> row : List.copyOf(rows(table))) {
            int tuple = tuples.indexOf(values(row, columns));
            if (tuple >= 0) {
                found.row(tuple, new Row(row));
            }
        }
    }
}
