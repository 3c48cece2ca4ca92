// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.debezium.event.EventRecord;
import dev.freshet.debezium.value.Fields;
import java.util.Map;

/**
 * A record as JSON.
 *
 * @param headers an object by name, or as kcat prints them, an array in which names and values alternate; or missing
 */
record JsonRecord(Fields value, JsonNode headers) implements EventRecord {
    @Override
    public boolean hasHeader(String name) {
        if (headers.isObject()) {
            return headers.has(name);
        }
        for (int i = 0; i < headers.size(); i += 2) {
            if (name.equals(headers.get(i).asText())) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Map<String, ?> offset() {
        return Map.of();
    }
}
