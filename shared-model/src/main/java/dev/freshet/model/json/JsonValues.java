// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;

/** Compares JSON values as PostgreSQL's jsonb does: {@code 1}, {@code 1.0} and {@code 1e0} are one number. */
public final class JsonValues {
    private static final Comparator<JsonNode> LEAVES = (a, b) -> {
        if (a.isNumber() && b.isNumber()) {
            return a.decimalValue().compareTo(b.decimalValue());
        }
        return a.equals(b) ? 0 : 1;
    };

    private JsonValues() {}

    /** A new {@code {}}. */
    public static ObjectNode emptyObject() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Whether both are the same value; the order of members does not count. */
    public static boolean equal(JsonNode a, JsonNode b) {
        return a.equals(LEAVES, b);
    }
}
