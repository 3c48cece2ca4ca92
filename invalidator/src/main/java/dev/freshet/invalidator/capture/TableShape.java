// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.capture;

import dev.freshet.invalidator.plan.Header;
import dev.freshet.invalidator.plan.Row;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** Reads the rows of one table as the stream announced it last. */
final class TableShape {
    private final Schema schema;
    private final Columns all;
    private final Columns carried;

    /** Some columns, with the header that their rows share. */
    private record Columns(List<Field> fields, Header header) {
        static Columns of(List<Field> fields) {
            return new Columns(
                    fields, Header.of(fields.stream().map(Field::name).toList()));
        }
    }

    /** @param identity columns of an old image, or empty for all */
    TableShape(Schema schema, Optional<Set<String>> identity) {
        this.schema = schema;
        this.all = Columns.of(schema.fields());
        this.carried = identity.map(names -> Columns.of(schema.fields().stream()
                        .filter(field -> names.contains(field.name()))
                        .toList()))
                .orElse(all);
    }

    boolean reads(Schema other) {
        return schema == other;
    }

    /** A new image, or null. */
    Row after(Struct image) {
        return image == null ? null : read(image, all);
    }

    /** An old image, without the columns that it does not carry; or null. */
    Row before(Struct image) {
        return image == null ? null : read(image, carried);
    }

    private static Row read(Struct image, Columns columns) {
        String[] values = new String[columns.fields().size()];
        boolean complete = true;
        for (int i = 0; i < values.length; i++) {
            // Not get(): that would give a column's default for null.
            values[i] = (String) image.getWithoutDefault(columns.fields().get(i).name());
            complete &= values[i] != TextConverter.ABSENT;
        }
        return complete ? Row.of(columns.header(), values) : without(columns, values);
    }

    /** Rare: the identity is smaller than the catalogue said. */
    private static Row without(Columns columns, String[] values) {
        Map<String, String> present = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            if (values[i] != TextConverter.ABSENT) {
                present.put(columns.fields().get(i).name(), values[i]);
            }
        }
        return new Row(present);
    }
}
