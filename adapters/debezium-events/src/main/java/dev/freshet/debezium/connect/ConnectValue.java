// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.connect;

import dev.freshet.debezium.value.Fields;
import dev.freshet.debezium.value.ValueType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;

/** Kafka Connect's values as {@link Fields} has them. Those of a record without a schema have none: it is null then. */
final class ConnectValue {
    private ConnectValue() {}

    static Object of(Object value, Schema schema) {
        if (value == null
                || value instanceof String
                || value instanceof Boolean
                || value instanceof Float
                || value instanceof Double
                || value instanceof BigDecimal
                || value instanceof byte[]) {
            return value;
        }
        if (value instanceof Number number) {
            return number.longValue();
        }
        if (value instanceof Struct struct) {
            return new StructFields(struct);
        }
        if (value instanceof ByteBuffer buffer) {
            return bytes(buffer);
        }
        if (value instanceof Collection<?> collection) {
            return list(collection, schema == null ? null : schema.valueSchema());
        }
        if (value instanceof Map<?, ?> map) {
            return new MapFields(map, schema == null ? null : schema.valueSchema());
        }
        if (value instanceof java.util.Date date && schema != null) {
            return number(date, schema);
        }
        throw new IllegalArgumentException(
                "is of unknown class " + value.getClass().getName());
    }

    static ValueType type(Schema schema) {
        if (schema == null) {
            return ValueType.UNKNOWN;
        }
        return new ValueType(
                schema.type().getName().toLowerCase(Locale.ROOT),
                schema.name() == null ? "" : schema.name(),
                schema.parameters() == null ? 0 : scale(schema.parameters().get("scale")),
                schema.type() == Schema.Type.ARRAY ? type(schema.valueSchema()) : null);
    }

    private static int scale(String scale) {
        return scale == null ? 0 : Integer.parseInt(scale);
    }

    private static List<Object> list(Collection<?> values, Schema element) {
        var list = new ArrayList<>(values.size());
        values.forEach(value -> list.add(of(value, element)));
        return list;
    }

    private static byte[] bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /** Connect's own logical types have classes of their own in memory. Elsewhere they are numbers. */
    private static long number(java.util.Date date, Schema schema) {
        if (Date.LOGICAL_NAME.equals(schema.name())) {
            return Date.fromLogical(schema, date);
        }
        return Time.LOGICAL_NAME.equals(schema.name())
                ? Time.fromLogical(schema, date)
                : Timestamp.fromLogical(schema, date);
    }
}
