// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.event;

import dev.freshet.core.stream.Commit;
import dev.freshet.core.stream.Operation;
import dev.freshet.core.stream.Origin;
import dev.freshet.core.stream.Row;
import dev.freshet.core.stream.RowChange;
import dev.freshet.debezium.value.Fields;
import dev.freshet.model.mapping.TableName;
import dev.freshet.protocol.Lsn;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * Says what records mean, one after the other, by their contents alone: names of topics do not count. One stream, one
 * thread at a time.
 */
public final class EventCodec {
    /** Stands for a transaction id or a position that an event does not contain. */
    public static final long UNKNOWN = -1;

    private static final String NEW_KEY = "__debezium.newkey";
    private static final String OLD_KEY = "__debezium.oldkey";

    /** In bytes; longer than any of our markers. */
    private static final int LONGEST_MESSAGE = 100;

    private final EventTables tables;
    private final TableShapes shapes;
    /** The first half of an update that changed the key; Debezium splits it into a delete and a create. */
    private RowChange halfOfUpdate;

    public EventCodec(EventTables tables, ReplicaIdentities identities) {
        this(tables, identities, ColumnTexts.AS_DECLARED);
    }

    public EventCodec(EventTables tables, ReplicaIdentities identities, ColumnTexts texts) {
        this.tables = tables;
        this.shapes = new TableShapes(identities, texts);
    }

    /** What the record means. */
    public StreamEvent read(EventRecord record) throws BadEventException {
        Fields value = record.value();
        if (value == null) {
            return new StreamEvent.Aside();
        }
        if (value.has("op")) {
            return change(record, value);
        }
        if (value.has("status") && value.has("id")) {
            return boundary(record, value);
        }
        if (value.has("ts_ms") && value.size() == 1) {
            // a heartbeat
            return new StreamEvent.Aside();
        }
        throw new BadEventException(
                "not a change event: expected an object with 'op', 'source', 'before', 'after', or one with 'payload'");
    }

    /** The stream is over, or is abandoned: it must not end within an update. */
    public void end() throws BadEventException {
        if (halfOfUpdate != null) {
            throw new BadEventException(
                    "the second half of an update of a key of " + halfOfUpdate.table() + " is missing");
        }
    }

    private StreamEvent boundary(EventRecord record, Fields value) throws BadEventException {
        Map<String, ?> offset = record.offset();
        long txId = offset.isEmpty() ? transaction(value.get("id")) : offset(offset, "txId");
        if ("BEGIN".equals(value.get("status"))) {
            return new StreamEvent.Begin(txId);
        }
        if (!"END".equals(value.get("status"))) {
            throw new BadEventException("'status' of a transaction: expected BEGIN or END");
        }
        if (halfOfUpdate != null) {
            throw new BadEventException("transaction " + txId + " ends between the halves of an update of a key");
        }
        // For a commit, the offset is the end of the commit record: acknowledging it acknowledges the transaction.
        return new StreamEvent.End(
                txId,
                offset.isEmpty()
                        ? null
                        : new Commit(new Lsn(offset(offset, "lsn")), instant(offset(offset, "ts_usec")), List.of()));
    }

    /** Debezium's id of a transaction is {@code txId:lsn}. */
    private static long transaction(Object id) {
        return id instanceof String text ? number(text.split(":", 2)[0]) : number(id);
    }

    private StreamEvent change(EventRecord record, Fields event) throws BadEventException {
        Fields source = event.get("source") instanceof Fields fields ? fields : null;
        if ("m".equals(event.get("op"))) {
            return message(source, event);
        }
        if (source == null || !(source.get("table") instanceof String name)) {
            throw new BadEventException("'source.table' is missing: expected the name of a table");
        }
        TableName table = tables.resolve(source.get("schema") instanceof String schema ? schema : "", name);
        return tables.knows(table) ? row(record, event, table, origin(source)) : new StreamEvent.Unmapped(table);
    }

    private static StreamEvent message(Fields source, Fields event) {
        return message(
                source == null ? UNKNOWN : number(source.get("txId")),
                event.get("message") instanceof Fields message ? MessageContent.of(message) : null);
    }

    /**
     * What a logical message means. Every role may write messages with any prefix, so a prefix proves nothing. Messages
     * that do not look like our markers are ignored: ours are transactional, and contain something that nobody else
     * knows.
     *
     * @param txId {@link #UNKNOWN} if it is not transactional
     * @param content null if there is none
     */
    public static StreamEvent message(long txId, byte[] content) {
        return txId != UNKNOWN && content != null && content.length <= LONGEST_MESSAGE
                ? new StreamEvent.Message(txId, new String(content, StandardCharsets.UTF_8))
                : new StreamEvent.Aside();
    }

    private StreamEvent row(EventRecord record, Fields event, TableName table, Origin origin) throws BadEventException {
        Object op = event.get("op");
        if (!(op instanceof String code)) {
            throw unknown(op);
        }
        return switch (code) {
            case "r" -> new StreamEvent.Seen(new RowChange(table, Operation.CREATE, null, after(event, table), origin));
            case "c" -> changed(record, new RowChange(table, Operation.CREATE, null, after(event, table), origin));
            case "u" ->
                changed(
                        record,
                        new RowChange(table, Operation.UPDATE, before(event, table), after(event, table), origin));
            case "d" -> changed(record, new RowChange(table, Operation.DELETE, before(event, table), null, origin));
            case "t" -> changed(record, new RowChange(table, Operation.TRUNCATE, null, null, origin));
            default -> throw unknown(op);
        };
    }

    /** Puts the halves of an update that changed the key together. They follow each other. */
    private StreamEvent changed(EventRecord record, RowChange change) throws BadEventException {
        boolean second = record.hasHeader(OLD_KEY);
        if (second && halfOfUpdate == null) {
            throw new BadEventException("the first half of an update of a key of " + change.table() + " is missing");
        }
        if (!second) {
            end();
        }
        if (record.hasHeader(NEW_KEY)) {
            halfOfUpdate = change;
            return new StreamEvent.Aside();
        }
        if (!second) {
            return new StreamEvent.Changed(change);
        }
        Row old = halfOfUpdate.before();
        halfOfUpdate = null;
        return new StreamEvent.Changed(
                new RowChange(change.table(), Operation.UPDATE, old, change.after(), change.origin()));
    }

    private Row after(Fields event, TableName table) throws BadEventException {
        Fields image = image(event, "after");
        if (image == null) {
            throw new BadEventException("'after' of " + table + " is missing: expected the row as it is now");
        }
        return shapes.after(table, image);
    }

    /** The old image, or null. */
    private Row before(Fields event, TableName table) throws BadEventException {
        Fields image = image(event, "before");
        return image == null ? null : shapes.before(table, image);
    }

    private static Fields image(Fields event, String name) throws BadEventException {
        Object image = event.get(name);
        if (image == null) {
            return null;
        }
        if (image instanceof Fields fields) {
            return fields.size() == 0 ? null : fields;
        }
        throw new BadEventException("'" + name + "': expected an object of columns, or null");
    }

    private static Origin origin(Fields source) {
        long lsn = number(source.get("lsn"));
        long micros = number(source.get("ts_us"));
        long millis = number(source.get("ts_ms"));
        Instant at = micros != UNKNOWN ? instant(micros) : Instant.ofEpochMilli(millis == UNKNOWN ? 0 : millis);
        return new Origin(number(source.get("txId")), lsn == UNKNOWN ? null : new Lsn(lsn), at);
    }

    /** A number, which some encodings write as text; {@link #UNKNOWN} if it is none. */
    private static long number(Object value) {
        if (value instanceof Long number) {
            return number;
        }
        return value instanceof String text && text.matches("[0-9]{1,18}") ? Long.parseLong(text) : UNKNOWN;
    }

    private static long offset(Map<String, ?> offset, String key) throws BadEventException {
        if (offset.get(key) instanceof Number number) {
            return number.longValue();
        }
        throw new BadEventException("an event carries no " + key);
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static BadEventException unknown(Object op) {
        return new BadEventException("op '" + op + "': expected one of c, u, d, r, t, m");
    }
}
