// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.sink.read;

import dev.freshet.debezium.value.Fields;
import dev.freshet.debezium.value.ValueType;
import dev.freshet.model.mapping.check.CatalogTable;
import java.util.Set;

/**
 * Decides whether a value in an event tells the text that PostgreSQL prints for it. That depends on how the source
 * connector encodes it ({@code decimal.handling.mode}, {@code time.precision.mode} and so on), which the event's schema
 * shows, and on the column's type, which the database shows. Forms that lose something are not taken: microseconds that
 * were cut off, decimals as floating-point numbers, bytes as texts. Neither is any that a record without a schema cannot
 * tell from another one.
 */
final class ValueForm {
    private static final Set<String> DATES = Set.of("io.debezium.time.Date", "io.debezium.time.IsoDate");
    private static final Set<String> TIMESTAMPS = Set.of(
            "io.debezium.time.Timestamp",
            "io.debezium.time.MicroTimestamp",
            "io.debezium.time.NanoTimestamp",
            "io.debezium.time.IsoTimestamp");
    private static final Set<String> TIMES =
            Set.of("io.debezium.time.Time", "io.debezium.time.MicroTime", "io.debezium.time.NanoTime");
    private static final Set<String> NUMERICS =
            Set.of("org.apache.kafka.connect.data.Decimal", "io.debezium.data.VariableScaleDecimal");

    private ValueForm() {}

    /** @param value not null, and no placeholder */
    static boolean tells(Object value, ValueType declared, CatalogTable.Column column) {
        String logical = declared.logical();
        return switch (column.type()) {
            case "bool" -> value instanceof Boolean;
            case "int2", "int4", "int8", "oid" -> value instanceof Long && logical.isEmpty();
            case "text", "varchar", "bpchar", "citext", "inet", "cidr", "macaddr", "macaddr8" ->
                value instanceof String && logical.isEmpty();
            case "enum" -> value instanceof String && isPlainOr(logical, "io.debezium.data.Enum");
            case "uuid" -> value instanceof String && isPlainOr(logical, "io.debezium.data.Uuid");
            case "json", "jsonb" -> value instanceof String && isPlainOr(logical, "io.debezium.data.Json");
            case "numeric" ->
                NUMERICS.contains(logical)
                        || (value instanceof String
                                && logical.isEmpty()
                                && declared.type().equals("string"));
            case "float4" -> value instanceof Float;
            case "float8" -> value instanceof Double && declared.type().equals("float64");
            case "date" -> DATES.contains(logical);
            case "timestamp" -> TIMESTAMPS.contains(logical);
            case "timestamptz" -> value instanceof String && logical.equals("io.debezium.time.ZonedTimestamp");
            case "time" -> TIMES.contains(logical);
            case "bytea" -> value instanceof byte[] && logical.isEmpty();
            default -> false;
        };
    }

    private static boolean isPlainOr(String logical, String one) {
        return logical.isEmpty() || logical.equals(one);
    }

    /** What a message calls it: the column's type, and how the event has it. */
    static String called(Object value, ValueType declared, CatalogTable.Column column) {
        String form = declared.toString().isEmpty() ? "without a schema" : "as " + declared;
        return column.typeName() + " " + form
                + (value instanceof Fields && declared.logical().isEmpty() ? " (an object)" : "");
    }
}
