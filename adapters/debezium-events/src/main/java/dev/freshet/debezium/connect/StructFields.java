// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.connect;

import dev.freshet.debezium.value.Column;
import dev.freshet.debezium.value.Fields;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** A struct. Its shape is its schema, which Debezium makes anew when PostgreSQL announces the table again. */
final class StructFields implements Fields {
    private final Struct struct;
    private final Schema schema;

    StructFields(Struct struct) {
        this.struct = struct;
        this.schema = struct.schema();
    }

    @Override
    public boolean has(String name) {
        return schema.field(name) != null;
    }

    @Override
    public Object get(String name) {
        Field field = schema.field(name);
        return field == null ? null : value(field);
    }

    @Override
    public Object get(Column column) {
        return value(schema.fields().get(column.position()));
    }

    @Override
    public boolean isItsDefault(String name) {
        Field field = schema.field(name);
        Object standard = field == null ? null : field.schema().defaultValue();
        return standard != null && Objects.deepEquals(standard, struct.getWithoutDefault(name));
    }

    @Override
    public int size() {
        return schema.fields().size();
    }

    @Override
    public List<Column> columns() {
        return schema.fields().stream()
                .map(field -> new Column(field.name(), ConnectValue.type(field.schema()), field.index()))
                .toList();
    }

    @Override
    public Object shape() {
        return schema;
    }

    private Object value(Field field) {
        // Not get(), which returns the field's default for null.
        return ConnectValue.of(struct.getWithoutDefault(field.name()), field.schema());
    }
}
