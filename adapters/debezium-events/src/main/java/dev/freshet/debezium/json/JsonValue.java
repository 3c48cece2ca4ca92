// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.freshet.debezium.value.ValueType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * Values in JSON as {@link dev.freshet.debezium.value.Fields} has them. Those that do not fit their schema stay as they
 * are.
 */
final class JsonValue {
    static final JsonNode NO_SCHEMA = MissingNode.getInstance();

    private static final String DECIMAL = "org.apache.kafka.connect.data.Decimal";

    private JsonValue() {}

    static Object of(JsonNode value, JsonNode schema, Shapes shapes) {
        if (value.isNull() || value.isMissingNode()) {
            return null;
        }
        if (value.isObject()) {
            return new JsonFields(value, schema, shapes);
        }
        if (value.isArray()) {
            return list(value, schema.path("items"), shapes);
        }
        if (value.isTextual()) {
            return text(value.textValue(), schema);
        }
        return value.isNumber() ? number(value, schema) : value.booleanValue();
    }

    static ValueType type(JsonNode schema) {
        if (schema.isMissingNode()) {
            return ValueType.UNKNOWN;
        }
        return new ValueType(
                schema.path("type").asText("").toLowerCase(Locale.ROOT),
                schema.path("name").asText(""),
                schema.path("parameters").path("scale").asInt(),
                schema.has("items") ? type(schema.get("items")) : null);
    }

    private static List<Object> list(JsonNode values, JsonNode element, Shapes shapes) {
        var list = new ArrayList<>(values.size());
        values.forEach(value -> list.add(of(value, element, shapes)));
        return list;
    }

    private static Object text(String text, JsonNode schema) {
        if (!schema.path("type").asText().equals("bytes")) {
            return text;
        }
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return text;
        }
        return isDecimal(schema) && bytes.length > 0
                ? new BigDecimal(new BigInteger(bytes), type(schema).scale())
                : bytes;
    }

    private static boolean isDecimal(JsonNode schema) {
        return schema.path("name").asText().equals(DECIMAL);
    }

    private static Object number(JsonNode value, JsonNode schema) {
        switch (schema.path("type").asText()) {
            case "float", "float32" -> {
                return value.floatValue();
            }
            case "double", "float64" -> {
                return value.doubleValue();
            }
            default -> {
                return value.isIntegralNumber() && value.canConvertToLong() ? value.longValue() : value.decimalValue();
            }
        }
    }
}
