// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.stream;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The column names of a row. Create one for a table and share it among its rows: that makes comparing rows cheap. */
public final class Header {
    private final List<String> columns;
    private final Set<String> missing;
    private final Map<String, Integer> positions;

    private Header(List<String> columns, Set<String> missing) {
        this.columns = columns;
        this.missing = missing;
        this.positions = new HashMap<>(columns.size() * 2);
        for (int i = 0; i < columns.size(); i++) {
            if (positions.put(columns.get(i), i) != null) {
                throw new IllegalArgumentException("column '" + columns.get(i) + "' stands twice in " + columns);
            }
        }
    }

    public static Header of(Collection<String> columns) {
        return new Header(List.copyOf(columns), Set.of());
    }

    /**
     * A header of the columns that were shipped.
     *
     * @param missing columns that the table has but that were not shipped: their values are not known
     */
    public static Header of(Collection<String> columns, Collection<String> missing) {
        return new Header(List.copyOf(columns), Set.copyOf(missing));
    }

    public List<String> columns() {
        return columns;
    }

    /** Columns that the table has but that were not shipped, as far as known. */
    public Set<String> missing() {
        return missing;
    }

    /** The position of a column, or -1. */
    public int indexOf(String column) {
        return positions.getOrDefault(column, -1);
    }

    @Override
    public String toString() {
        return columns.toString();
    }
}
