// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.stream;

import dev.freshet.model.mapping.condition.ColumnValues;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One image of a row: column to value, in the text form that PostgreSQL prints ({@code column::text}). Immutable. A
 * column can be null, absent (not shipped) or {@link #UNAVAILABLE} (an unchanged TOAST value that the WAL left out).
 */
public final class Row implements ColumnValues {
    /** Stands for a value that the WAL left out because it did not change. Compared by identity. */
    @SuppressWarnings("StringOperationCanBeSimplified")
    public static final String UNAVAILABLE = new String("(unavailable)");

    private static final int ROW_BYTES = 40;
    private static final int REFERENCE_BYTES = 4;
    private static final int STRING_BYTES = 42;

    private final Header header;
    private final String[] values;

    private Row(Header header, String[] values) {
        this.header = header;
        this.values = values;
    }

    public Row(Map<String, String> values) {
        this(Header.of(values.keySet()), values.values().toArray(String[]::new));
    }

    /**
     * A row with a shared header.
     *
     * @param values in the order of the header; the array is not copied and must not change
     */
    public static Row of(Header header, String... values) {
        if (values.length != header.columns().size()) {
            throw new IllegalArgumentException(values.length + " values for the columns " + header);
        }
        return new Row(header, values);
    }

    /** Whether the column was shipped, even if its value is not known. */
    public boolean has(String column) {
        return header.indexOf(column) >= 0;
    }

    /** Whether the column was shipped and its value, possibly null, is known. */
    @Override
    public boolean knows(String column) {
        int at = header.indexOf(column);
        return at >= 0 && values[at] != UNAVAILABLE;
    }

    /** Whether the values of all these columns are known. */
    public boolean knowsAll(Iterable<String> columns) {
        for (String column : columns) {
            if (!knows(column)) {
                return false;
            }
        }
        return true;
    }

    /** Roughly how many bytes of memory its values take. */
    public int bytes() {
        int bytes = ROW_BYTES;
        for (String value : values) {
            bytes += REFERENCE_BYTES;
            if (value != null && value != UNAVAILABLE) {
                bytes += STRING_BYTES + value.length();
            }
        }
        return bytes;
    }

    /**
     * The value; null if the column is null or its value is not known. Check {@link #knows} first if the difference
     * matters.
     */
    @Override
    public String get(String column) {
        return at(header.indexOf(column));
    }

    /** The value at a place in the header, or null if that is -1. */
    String at(int at) {
        return at < 0 || values[at] == UNAVAILABLE ? null : values[at];
    }

    /** The values of some columns, in their order; null for a column that is null or not known. */
    public List<String> get(List<String> columns) {
        if (columns.size() == 1) {
            return Collections.singletonList(get(columns.get(0)));
        }
        String[] tuple = new String[columns.size()];
        for (int i = 0; i < tuple.length; i++) {
            tuple[i] = get(columns.get(i));
        }
        return Collections.unmodifiableList(Arrays.asList(tuple));
    }

    /** Whether both rows are known to have the same value, possibly null, in a column. */
    public boolean agrees(String column, Row other) {
        int here = header.indexOf(column);
        int there = header == other.header ? here : other.header.indexOf(column);
        return here >= 0
                && there >= 0
                && values[here] != UNAVAILABLE
                && other.values[there] != UNAVAILABLE
                && Objects.equals(values[here], other.values[there]);
    }

    /** Whether the column was shipped, but its value was left out as unchanged. */
    public boolean isUnavailable(String column) {
        int at = header.indexOf(column);
        return at >= 0 && values[at] == UNAVAILABLE;
    }

    /** A copy of the row in which values that were left out are taken from another image of it, if that has them. */
    public Row filledFrom(Row other) {
        String[] filled = null;
        for (int i = 0; i < values.length; i++) {
            if (values[i] == UNAVAILABLE && other.knows(header.columns().get(i))) {
                filled = filled == null ? values.clone() : filled;
                filled[i] = other.get(header.columns().get(i));
            }
        }
        return filled == null ? this : new Row(header, filled);
    }

    /** A row with some of the columns; a value that is not known is {@link #UNAVAILABLE}. */
    public Row project(Header columns) {
        String[] projected = new String[columns.columns().size()];
        for (int i = 0; i < projected.length; i++) {
            int at = header.indexOf(columns.columns().get(i));
            projected[i] = at < 0 ? UNAVAILABLE : values[at];
        }
        return new Row(columns, projected);
    }

    public Header header() {
        return header;
    }

    /** The names of the shipped columns. */
    public List<String> columns() {
        return header.columns();
    }

    /** The shipped columns and their raw values. */
    public Map<String, String> values() {
        var map = new LinkedHashMap<String, String>();
        for (int i = 0; i < values.length; i++) {
            map.put(header.columns().get(i), values[i]);
        }
        return Collections.unmodifiableMap(map);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Row row
                && (header == row.header || header.columns().equals(row.header.columns()))
                && Arrays.equals(values, row.values, (one, another) -> same(one, another) ? 0 : 1);
    }

    /** {@link #UNAVAILABLE} is compared by identity: a column may contain the same text. */
    private static boolean same(String one, String another) {
        return one == UNAVAILABLE || another == UNAVAILABLE ? one == another : Objects.equals(one, another);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    /** Only the column names: row values do not belong in logs. */
    @Override
    public String toString() {
        return "Row" + header;
    }
}
