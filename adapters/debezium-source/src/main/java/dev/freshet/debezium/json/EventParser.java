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
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.freshet.core.stream.Header;
import dev.freshet.core.stream.Operation;
import dev.freshet.core.stream.Origin;
import dev.freshet.core.stream.Row;
import dev.freshet.core.stream.RowChange;
import dev.freshet.model.mapping.TableName;
import dev.freshet.protocol.Lsn;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Parses change events in Debezium's JSON envelope: bare, with schema and payload, or as the value of a key-value pair.
 * One thread at a time.
 */
public final class EventParser {
    /** Stands for a transaction id or a position that an event does not contain. */
    public static final long UNKNOWN = -1;

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

    private final MappedTables tables;
    private final Map<List<String>, Header> headers = new HashMap<>();

    public EventParser(MappedTables tables) {
        this.tables = tables;
    }

    public StreamEvent parse(String line) throws BadEventException {
        if (line.isBlank()) {
            return new StreamEvent.Aside();
        }
        try {
            return event(JSON.readTree(line), MissingNode.getInstance());
        } catch (StreamConstraintsException e) {
            // The message mentions depth or size, never values.
            throw new BadEventException("too large: " + e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            String column =
                    e.getLocation() == null ? "" : " (column " + e.getLocation().getColumnNr() + ")";
            throw new BadEventException("not JSON" + column + ": expected one change event of Debezium per line");
        }
    }

    private StreamEvent event(JsonNode node, JsonNode schema) throws BadEventException, JsonProcessingException {
        if (node.isNull()) {
            return new StreamEvent.Aside();
        }
        if (node.isTextual()) {
            return event(JSON.readTree(node.textValue()), schema);
        }
        if (node.has("op")) {
            return envelope(node, schema);
        }
        if (node.has("payload")) {
            return event(node.get("payload"), node.path("schema"));
        }
        if (node.has("value")) {
            return event(node.get("value"), schema);
        }
        boolean transaction = node.has("status") && node.has("id");
        boolean heartbeat = node.size() == 1 && node.has("ts_ms");
        if (transaction || heartbeat) {
            return new StreamEvent.Aside();
        }
        throw new BadEventException(
                "not a change event: expected an object with 'op', 'source', 'before', 'after', or one with 'payload'");
    }

    private StreamEvent envelope(JsonNode event, JsonNode schema) throws BadEventException {
        String op = event.path("op").asText();
        if (op.equals("m")) {
            return new StreamEvent.Aside();
        }
        JsonNode source = event.path("source");
        if (!source.path("table").isTextual()) {
            throw new BadEventException("'source.table' is missing: expected the name of a table");
        }
        TableName table = tables.resolve(
                source.path("schema").asText(""), source.path("table").asText());
        if (!tables.knows(table)) {
            return new StreamEvent.Unmapped(table);
        }
        var origin = new Origin(number(source, "txId"), lsn(source), committedAt(source));
        Row before = image(event, "before", schema);
        Row after = image(event, "after", schema);
        return switch (op) {
            case "c", "u" -> new StreamEvent.Changed(written(op, table, before, after, origin));
            case "r" -> new StreamEvent.Seen(written("c", table, null, after, origin));
            case "d" -> {
                tables.requireId(table, before);
                yield new StreamEvent.Changed(new RowChange(table, Operation.DELETE, before, null, origin));
            }
            case "t" -> new StreamEvent.Changed(new RowChange(table, Operation.TRUNCATE, null, null, origin));
            default -> throw new BadEventException("op '" + op + "': expected one of c, u, d, r, t, m");
        };
    }

    private RowChange written(String op, TableName table, Row before, Row after, Origin origin)
            throws BadEventException {
        tables.requireColumns(table, before, after);
        return op.equals("c")
                ? new RowChange(table, Operation.CREATE, null, after, origin)
                : new RowChange(table, Operation.UPDATE, before, after, origin);
    }

    private static long number(JsonNode source, String field) {
        return source.path(field).asLong(UNKNOWN);
    }

    private static Lsn lsn(JsonNode source) {
        long lsn = number(source, "lsn");
        return lsn == UNKNOWN ? null : new Lsn(lsn);
    }

    private static Instant committedAt(JsonNode source) {
        return source.hasNonNull("ts_us")
                ? Instant.EPOCH.plus(source.get("ts_us").asLong(), ChronoUnit.MICROS)
                : Instant.ofEpochMilli(source.path("ts_ms").asLong());
    }

    private Row image(JsonNode event, String name, JsonNode schema) throws BadEventException {
        JsonNode image = event.path(name);
        if (image.isMissingNode() || image.isNull() || image.isEmpty()) {
            return null;
        }
        if (!image.isObject()) {
            throw new BadEventException("'" + name + "': expected an object of columns, or null");
        }
        Map<String, JsonNode> fields = fields(schema, name);
        var columns = new ArrayList<String>(image.size());
        var values = new ArrayList<String>(image.size());
        for (Map.Entry<String, JsonNode> column : image.properties()) {
            columns.add(column.getKey());
            values.add(
                    ConnectText.of(column.getValue(), fields.getOrDefault(column.getKey(), MissingNode.getInstance())));
        }
        Header header = headers.computeIfAbsent(columns, Header::of);
        return Row.of(header, values.toArray(String[]::new));
    }

    private static Map<String, JsonNode> fields(JsonNode schema, String image) {
        var fields = new HashMap<String, JsonNode>();
        for (JsonNode part : schema.path("fields")) {
            if (part.path("field").asText().equals(image)) {
                part.path("fields")
                        .forEach(field -> fields.put(field.path("field").asText(), field));
            }
        }
        return fields;
    }
}
