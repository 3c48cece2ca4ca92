// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.freshet.debezium.event.BadEventException;
import dev.freshet.debezium.event.EventRecord;

/**
 * Reads records as Debezium's JSON converter writes them: bare, with schema and payload, or as the value of a key-value
 * pair, which may have headers. One thread at a time.
 */
public final class JsonEvents {
    /** PostgreSQL limits a value to a gigabyte; Jackson's own limits are meant for untrusted input. */
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .maxNumberLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final Shapes shapes = new Shapes();

    /** The record on a line; a blank line is a tombstone. */
    public EventRecord read(String line) throws BadEventException {
        if (line.isBlank()) {
            return new JsonRecord(null, JsonValue.NO_SCHEMA);
        }
        try {
            return record(JSON.readTree(line), JsonValue.NO_SCHEMA, JsonValue.NO_SCHEMA);
        } catch (StreamConstraintsException e) {
            // The message mentions depth or size, never values.
            throw new BadEventException("too large: " + e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            String column =
                    e.getLocation() == null ? "" : " (column " + e.getLocation().getColumnNr() + ")";
            throw new BadEventException("not JSON" + column + ": expected one change event of Debezium per line");
        }
    }

    private JsonRecord record(JsonNode node, JsonNode schema, JsonNode headers) throws JsonProcessingException {
        if (node.isNull()) {
            return new JsonRecord(null, headers);
        }
        if (node.isTextual()) {
            return record(JSON.readTree(node.textValue()), schema, headers);
        }
        if (!node.has("op")) {
            JsonNode found = node.has("headers") ? node.get("headers") : headers;
            if (node.has("payload")) {
                return record(node.get("payload"), node.path("schema"), found);
            }
            if (node.has("value")) {
                return record(node.get("value"), schema, found);
            }
        }
        return new JsonRecord(new JsonFields(node, schema, shapes), headers);
    }
}
