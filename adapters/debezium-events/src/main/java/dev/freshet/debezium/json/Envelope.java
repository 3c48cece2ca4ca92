// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.json;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.stream.Operation;
import dev.freshet.core.stream.Row;
import dev.freshet.core.stream.RowChange;
import dev.freshet.debezium.value.Placeholders;
import dev.freshet.model.mapping.TableName;
import dev.freshet.protocol.Lsn;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;

/**
 * Writes events as Debezium's JSON converter does without schemas ("op", "before", "after", "source"). Values are
 * strings in PostgreSQL's text form, so that they are lossless.
 */
public final class Envelope {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Envelope() {}

    public static String change(RowChange change) {
        ObjectNode event = JSON.objectNode();
        event.put("op", code(change.operation()));
        event.set("before", image(change.before()));
        event.set("after", image(change.after()));
        ObjectNode source =
                source(change.table(), change.origin().lsn(), change.origin().committedAt());
        source.put("txId", change.origin().txId());
        event.set("source", source);
        return event.toString();
    }

    /** The event for a row that a snapshot found. */
    public static String read(TableName table, Row row, Lsn lsn, Instant at) {
        ObjectNode event = JSON.objectNode();
        event.put("op", "r");
        event.set("before", null);
        event.set("after", image(row));
        ObjectNode source = source(table, lsn, at);
        source.put("snapshot", "true");
        event.set("source", source);
        return event.toString();
    }

    private static ObjectNode source(TableName table, Lsn lsn, Instant at) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, at);
        ObjectNode source = JSON.objectNode();
        source.put("connector", "postgresql");
        source.put("schema", table.schema());
        source.put("table", table.table());
        source.put("lsn", lsn.value());
        source.put("ts_ms", TimeUnit.MICROSECONDS.toMillis(micros));
        source.put("ts_us", micros);
        return source;
    }

    private static ObjectNode image(Row row) {
        if (row == null) {
            return null;
        }
        ObjectNode image = JSON.objectNode();
        row.values()
                .forEach(
                        (column, value) -> image.put(column, value == Row.UNAVAILABLE ? Placeholders.DEBEZIUM : value));
        return image;
    }

    private static String code(Operation operation) {
        return switch (operation) {
            case CREATE -> "c";
            case UPDATE -> "u";
            case DELETE -> "d";
            case TRUNCATE -> "t";
        };
    }
}
