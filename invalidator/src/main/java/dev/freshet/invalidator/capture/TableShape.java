// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.capture;

import dev.freshet.invalidator.plan.Row;
import dev.freshet.model.mapping.TableName;
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
    private final TableName table;
    private final List<Field> fields;
    private final Set<String> identity;

    /** @param identity columns of an old image, or empty for all */
    TableShape(Schema schema, TableName table, Optional<Set<String>> identity) {
        this.schema = schema;
        this.table = table;
        this.fields = schema.fields();
        this.identity = identity.orElse(null);
    }

    boolean reads(Schema other) {
        return schema == other;
    }

    TableName table() {
        return table;
    }

    /** A new image, or null. */
    Row after(Struct image) {
        return image == null ? null : read(image, null);
    }

    /** An old image, without the columns that it does not carry; or null. */
    Row before(Struct image) {
        return image == null ? null : read(image, identity);
    }

    private Row read(Struct image, Set<String> carried) {
        Map<String, String> values = new LinkedHashMap<>(fields.size() * 2);
        for (Field field : fields) {
            // Not get(): that would give a column's default for null.
            Object value = image.getWithoutDefault(field.name());
            if (value != TextConverter.ABSENT && (carried == null || carried.contains(field.name()))) {
                values.put(field.name(), (String) value);
            }
        }
        return new Row(values);
    }
}
