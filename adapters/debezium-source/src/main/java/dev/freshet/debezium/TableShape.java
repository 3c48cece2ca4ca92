// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium;

import dev.freshet.core.stream.Header;
import dev.freshet.core.stream.Row;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** Reads the rows of one table, by the schema that the stream announced last. */
final class TableShape {
    private final Schema schema;
    private final Columns all;
    private final Columns carried;
    private final Set<Set<String>> indexes;

    /** Some columns, with the header shared by their rows. */
    private record Columns(List<Field> fields, Header header) {
        static Columns of(List<Field> fields, Set<String> table) {
            List<String> names = fields.stream().map(Field::name).toList();
            return new Columns(fields, Header.of(names, without(table, names)));
        }
    }

    TableShape(Schema schema, ReplicaIdentity identity) {
        this.schema = schema;
        this.all = Columns.of(schema.fields(), identity.table());
        this.carried = identity.columns()
                .map(names -> Columns.of(
                        schema.fields().stream()
                                .filter(field -> names.contains(field.name()))
                                .toList(),
                        identity.table()))
                .orElse(all);
        this.indexes = identity.indexes();
    }

    /** The columns of a new image. */
    Header all() {
        return all.header();
    }

    boolean reads(Schema other) {
        return schema == other;
    }

    /** A new image, or null. */
    Row after(Struct image) {
        if (image == null) {
            return null;
        }
        String[] values = values(image, all);
        for (String value : values) {
            if (value == TextConverter.ABSENT) {
                return without(all, values, true);
            }
        }
        return Row.of(all.header(), values);
    }

    /** An old image, without the columns that it does not contain; or null. */
    Row before(Struct image) {
        if (image == null) {
            return null;
        }
        String[] values = values(image, carried);
        return isWhole(image, values) ? Row.of(carried.header(), values) : without(carried, values, false);
    }

    private static String[] values(Struct image, Columns columns) {
        String[] values = new String[columns.fields().size()];
        for (int i = 0; i < values.length; i++) {
            // Not get(), which returns the column's default for null.
            values[i] = (String) image.getWithoutDefault(columns.fields().get(i).name());
        }
        return values;
    }

    /**
     * Whether the nulls of an old image are real values of the row. If an index was the identity when the row was
     * logged, all columns except the index's are null, whatever the catalog says now.
     */
    private boolean isWhole(Struct image, String[] values) {
        boolean nulls = false;
        for (String value : values) {
            if (value == TextConverter.ABSENT) {
                return false;
            }
            nulls |= value == null;
        }
        return !nulls || !isAnIndexAlone(image);
    }

    private boolean isAnIndexAlone(Struct image) {
        var there = new HashSet<String>();
        for (Field field : all.fields()) {
            Object value = image.getWithoutDefault(field.name());
            if (value != null && value != TextConverter.ABSENT) {
                there.add(field.name());
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
            String name = columns.fields().get(i).name();
            if (values[i] != TextConverter.ABSENT && (nulls || values[i] != null)) {
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
