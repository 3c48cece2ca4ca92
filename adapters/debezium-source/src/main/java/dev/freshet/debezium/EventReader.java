// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium;

import dev.freshet.core.stream.Commit;
import dev.freshet.core.stream.Operation;
import dev.freshet.core.stream.Origin;
import dev.freshet.core.stream.Row;
import dev.freshet.core.stream.RowChange;
import dev.freshet.model.mapping.TableName;
import dev.freshet.protocol.Lsn;
import io.debezium.connector.postgresql.SourceInfo;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** Parses Debezium's records and passes their contents to the assembler. Not thread-safe. */
final class EventReader {
    private static final String TRANSACTIONS = EngineProperties.TOPIC_PREFIX + ".transaction";
    private static final String MESSAGES = EngineProperties.TOPIC_PREFIX + ".message";
    private static final String HEARTBEATS = "__debezium-heartbeat." + EngineProperties.TOPIC_PREFIX;
    private static final String NEW_KEY = "__debezium.newkey";
    private static final String OLD_KEY = "__debezium.oldkey";

    /** In bytes; longer than any of our markers. */
    private static final int LONGEST_MARKER = 100;

    private final TransactionAssembler assembler;
    private final ReplicaIdentities identities;
    private final Map<TableName, TableShape> shapes = new HashMap<>();
    /** The first half of an update that changed the key; Debezium splits it into a delete and a create. */
    private RowChange halfOfUpdate;

    EventReader(TransactionAssembler assembler, ReplicaIdentities identities) {
        this.assembler = assembler;
        this.identities = identities;
    }

    /** Returns the commit if the record ends a transaction, else null. */
    Commit read(SourceRecord record) throws InterruptedException {
        String topic = record.topic();
        if (topic.equals(HEARTBEATS)) {
            return null;
        }
        if (topic.equals(TRANSACTIONS)) {
            return boundary(record);
        }
        Struct value = (Struct) record.value();
        if (topic.equals(MESSAGES)) {
            message(value);
        } else {
            row(record, value);
        }
        return null;
    }

    /** Whether the last record read lies between the begin and the end of a transaction. */
    boolean isInTransaction() {
        return assembler.isOpen();
    }

    private Commit boundary(SourceRecord record) throws InterruptedException {
        Map<String, ?> offset = record.sourceOffset();
        long txId = number(offset, SourceInfo.TXID_KEY);
        String status = ((Struct) record.value()).getString("status");
        if (status.equals("BEGIN")) {
            assembler.begin(txId);
            return null;
        }
        if (halfOfUpdate != null) {
            throw new CaptureException("transaction " + txId + " ends between the halves of an update of a key");
        }
        // For a commit, this is the end of the commit record: acknowledging it acknowledges the transaction.
        var commit = new Commit(
                new Lsn(number(offset, SourceInfo.LSN_KEY)),
                instant(number(offset, SourceInfo.TIMESTAMP_USEC_KEY)),
                List.of());
        assembler.end(txId, commit);
        return commit;
    }

    /**
     * Reads a logical message. Every role may write messages with any prefix, so a prefix proves nothing. Messages that
     * do not look like our markers are ignored: ours are transactional, and contain something that nobody else knows.
     */
    private void message(Struct value) {
        if (!(value.getStruct("source").get("txId") instanceof Long txId)) {
            return;
        }
        Object content = value.getStruct("message").get("content");
        byte[] bytes = content instanceof ByteBuffer buffer ? bytes(buffer) : (byte[]) content;
        if (bytes != null && bytes.length <= LONGEST_MARKER) {
            assembler.marker(txId, new String(bytes, StandardCharsets.UTF_8));
        }
    }

    private void row(SourceRecord record, Struct value) throws InterruptedException {
        Struct source = value.getStruct("source");
        var origin =
                new Origin(source.getInt64("txId"), new Lsn(source.getInt64("lsn")), instant(source.getInt64("ts_us")));
        var table = new TableName(source.getString("schema"), source.getString("table"));
        String op = value.getString("op");
        if (op.equals("t")) {
            assembler.row(new RowChange(table, Operation.TRUNCATE, null, null, origin));
            return;
        }
        TableShape shape = shape(table, value.schema().field("after").schema());
        Row before = shape.before(value.getStruct("before"));
        Row after = shape.after(value.getStruct("after"));
        var change = new RowChange(table, operation(op), before, after, origin);
        if (record.headers().lastWithName(NEW_KEY) != null) {
            halfOfUpdate = change;
        } else if (record.headers().lastWithName(OLD_KEY) != null) {
            Row old = Objects.requireNonNull(halfOfUpdate, "first half of an update of a key")
                    .before();
            halfOfUpdate = null;
            assembler.row(new RowChange(table, Operation.UPDATE, old, after, origin));
        } else {
            assembler.row(change);
        }
    }

    private TableShape shape(TableName table, Schema schema) {
        TableShape known = shapes.get(table);
        if (known == null || !known.reads(schema)) {
            known = new TableShape(schema, identities.of(table));
            shapes.put(table, known);
        }
        return known;
    }

    private static Operation operation(String op) {
        return switch (op) {
            case "c" -> Operation.CREATE;
            case "u" -> Operation.UPDATE;
            case "d" -> Operation.DELETE;
            default -> throw new CaptureException("unknown operation '" + op + "', expected c, u, d or t");
        };
    }

    private static long number(Map<String, ?> offset, String key) {
        if (offset.get(key) instanceof Number number) {
            return number.longValue();
        }
        throw new CaptureException("an event carries no " + key);
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
