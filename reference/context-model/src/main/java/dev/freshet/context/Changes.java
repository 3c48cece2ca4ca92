// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.context;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * New values of a context's own columns. Null means that the column keeps its value. The document is the whole new
 * document.
 */
public record Changes(String name, String description, String status, ObjectNode document) {
    public static final Changes NONE = new Changes(null, null, null, null);

    public boolean isEmpty() {
        return equals(NONE);
    }

    ObjectNode toJson() {
        return writeTo(JsonNodeFactory.instance.objectNode());
    }

    ObjectNode writeTo(ObjectNode json) {
        if (name != null) {
            json.put("name", name);
        }
        if (description != null) {
            json.put("description", description);
        }
        if (status != null) {
            json.put("status", status);
        }
        if (document != null) {
            json.set("document", document);
        }
        return json;
    }

    static Changes of(JsonNode data) {
        return new Changes(
                text(data, "name"), text(data, "description"), text(data, "status"), (ObjectNode) data.get("document"));
    }

    static String text(JsonNode data, String member) {
        var value = data.get(member);
        return value == null || value.isNull() ? null : value.textValue();
    }
}
