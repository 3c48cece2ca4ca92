// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.event;

import dev.freshet.core.stream.Header;
import dev.freshet.core.stream.Row;
import dev.freshet.debezium.value.Column;
import dev.freshet.debezium.value.ColumnText;
import dev.freshet.debezium.value.Fields;
import dev.freshet.model.mapping.TableName;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the rows of one table that have one shape. */
final class TableShape {
    private final TableName table;
    private final ColumnTexts texts;
    private final Object shape;
    private final Columns all;
    private final Columns carried;
    private final Set<Set<String>> indexes;

    /** Some columns, with the header shared by their rows. */
    private record Columns(List<Column> columns, Header header) {
        static Columns of(List<Column> columns, Set<String> table) {
            List<String> names = columns.stream().map(Column::name).toList();
            return new Columns(columns, Header.of(names, without(table, names)));
        }
    }

    /**
     * Of an image.
     *
     * @param image any of this shape
     */
    TableShape(TableName table, Fields image, ReplicaIdentity identity, ColumnTexts texts) {
        this.table = table;
        this.texts = texts;
        this.shape = image.shape();
        List<Column> columns = image.columns();
        this.all = Columns.of(columns, identity.table());
        this.carried = identity.columns()
                .map(names -> Columns.of(
                        columns.stream()
                                .filter(column -> names.contains(column.name()))
                                .toList(),
                        identity.table()))
                .orElse(all);
        this.indexes = identity.indexes();
    }

    /** The columns of a new image. */
    Header all() {
        return all.header();
    }

    boolean reads(Fields image) {
        return shape == image.shape();
    }

    /** A new image. */
    Row after(Fields image) throws BadEventException {
        String[] values = values(image, all, ColumnText.ABSENT);
        for (String value : values) {
            if (value == ColumnText.ABSENT) {
                return without(all, values, true);
            }
        }
        return Row.of(all.header(), values);
    }

    /** An old image, without the columns that it does not contain. */
    Row before(Fields image) throws BadEventException {
        String[] values = values(image, carried, Row.UNAVAILABLE);
        return isWhole(image, values) ? Row.of(carried.header(), values) : without(carried, values, false);
    }

    /** @param unreadable what takes the place of a value that cannot be read */
    private String[] values(Fields image, Columns columns, String unreadable) throws BadEventException {
        String[] values = new String[columns.columns().size()];
        for (int i = 0; i < values.length; i++) {
            String value = value(image, columns.columns().get(i));
            values[i] = value == ColumnText.UNREADABLE ? unreadable : value;
        }
        return values;
    }

    private String value(Fields image, Column column) throws BadEventException {
        try {
            return texts.of(table, column, image);
        } catch (IllegalArgumentException e) {
            throw new BadEventException("column '" + column.name() + "' " + e.getMessage());
        }
    }

    /**
     * Whether the nulls of an old image are real values of the row. If an index was the identity when the row was
     * logged, all columns except the index's are null, whatever the catalog says now.
     */
    private boolean isWhole(Fields image, String[] values) throws BadEventException {
        boolean nulls = false;
        for (String value : values) {
            if (value == ColumnText.ABSENT) {
                return false;
            }
            nulls |= value == null;
        }
        return !nulls || !isAnIndexAlone(image);
    }

    private boolean isAnIndexAlone(Fields image) throws BadEventException {
        var there = new HashSet<String>();
        for (Column column : all.columns()) {
            String value = value(image, column);
            if (value != null && value != ColumnText.ABSENT) {
                there.add(column.name());
            }
        }
        return indexes.contains(there);
    }

    /**
     * Builds a row without the values that are absent. This is rare: the identity is, or may have been, smaller than
     * the catalog says; or a value could not be read.
     */
    private static Row without(Columns columns, String[] values, boolean nulls) {
        Map<String, String> present = new LinkedHashMap<>();
        Set<String> missing = new HashSet<>(columns.header().missing());
        for (int i = 0; i < values.length; i++) {
            String name = columns.columns().get(i).name();
            if (values[i] != ColumnText.ABSENT && (nulls || values[i] != null)) {
                present.put(name, values[i]);
            } else {
                missing.add(name);
            }
        }
        return Row.of(Header.of(present.keySet(), missing), present.values().toArray(String[]::new));
    }

    private static Set<String> without(Set<String> all, Collection<String> some) {
        var rest = new HashSet<>(all);
        some.forEach(rest::remove);
        return rest;
    }
}
