// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.plan;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The column names of a row. Make one for a table and share it among its rows: it is what rows are compared by. */
public final class Header {
    private final List<String> columns;
    private final Map<String, Integer> positions;

    private Header(List<String> columns) {
        this.columns = columns;
        this.positions = new HashMap<>(columns.size() * 2);
        for (int i = 0; i < columns.size(); i++) {
            if (positions.put(columns.get(i), i) != null) {
                throw new IllegalArgumentException("column '" + columns.get(i) + "' stands twice in " + columns);
            }
        }
    }

    public static Header of(Collection<String> columns) {
        return new Header(List.copyOf(columns));
    }

    public List<String> columns() {
        return columns;
    }

    /** The position of a column, or -1. */
    int indexOf(String column) {
        return positions.getOrDefault(column, -1);
    }

    @Override
    public String toString() {
        return columns.toString();
    }
}
