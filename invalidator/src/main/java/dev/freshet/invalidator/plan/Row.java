// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One image of a row: column to value, in the text form that PostgreSQL prints ({@code column::text}). Immutable. A
 * column can be null, absent (not shipped) or {@link #UNAVAILABLE} (an unchanged TOAST value that the WAL left out).
 */
public final class Row {
    /** Stands for a value that the WAL left out because it did not change. Compared by identity. */
    @SuppressWarnings("StringOperationCanBeSimplified")
    public static final String UNAVAILABLE = new String("(unavailable)");

    private final Map<String, String> values;

    public Row(Map<String, String> values) {
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** True if the column was shipped and its value, maybe null, is known. */
    public boolean knows(String column) {
        return values.containsKey(column) && values.get(column) != UNAVAILABLE;
    }

    /** The value, or null. Ask {@link #knows} first where the difference matters. */
    public String get(String column) {
        String value = values.get(column);
        return value == UNAVAILABLE ? null : value;
    }

    /** The values of some columns, in their order; null in it where a column is null or not known. */
    public List<String> get(List<String> columns) {
        var tuple = new java.util.ArrayList<String>(columns.size());
        columns.forEach(column -> tuple.add(get(column)));
        return Collections.unmodifiableList(tuple);
    }

    /** The shipped columns and their raw values. */
    public Map<String, String> values() {
        return values;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Row row && values.equals(row.values);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(values);
    }

    /** The columns' names only: row values do not belong in logs. */
    @Override
    public String toString() {
        return "Row" + values.keySet();
    }
}
