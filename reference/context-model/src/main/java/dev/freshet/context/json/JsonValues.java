// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.context.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;

/** Compares JSON values as PostgreSQL's jsonb does: {@code 1}, {@code 1.0} and {@code 1e0} are the same number. */
public final class JsonValues {
    private JsonValues() {}

    /** A new empty object. */
    public static ObjectNode emptyObject() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Whether both are the same value. The order of members is ignored. Does not recurse. */
    public static boolean equal(JsonNode a, JsonNode b) {
        var open = new ArrayDeque<Pair>();
        open.push(new Pair(a, b));
        while (!open.isEmpty()) {
            var pair = open.pop();
            if (!alike(pair.a, pair.b)) {
                return false;
            }
            if (pair.a.isObject()) {
                for (var member : pair.a.properties()) {
                    var other = pair.b.get(member.getKey());
                    if (other == null) {
                        return false;
                    }
                    open.push(new Pair(member.getValue(), other));
                }
            } else {
                for (int i = 0; i < pair.a.size(); i++) {
                    open.push(new Pair(pair.a.get(i), pair.b.get(i)));
                }
            }
        }
        return true;
    }

    private record Pair(JsonNode a, JsonNode b) {}

    /** Compares leaves by value, and containers by type and size. */
    private static boolean alike(JsonNode a, JsonNode b) {
        if (a.isNumber() && b.isNumber()) {
            return a.decimalValue().compareTo(b.decimalValue()) == 0;
        }
        return a.isContainerNode() ? a.getNodeType() == b.getNodeType() && a.size() == b.size() : a.equals(b);
    }
}
