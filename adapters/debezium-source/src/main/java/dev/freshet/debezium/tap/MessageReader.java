// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.tap;

import dev.freshet.core.stream.Commit;
import dev.freshet.core.stream.Operation;
import dev.freshet.core.stream.Origin;
import dev.freshet.core.stream.RowChange;
import dev.freshet.debezium.event.BadEventException;
import dev.freshet.debezium.event.EventCodec;
import dev.freshet.debezium.event.StreamEvent;
import dev.freshet.debezium.event.TableShapes;
import dev.freshet.debezium.transaction.CaptureException;
import dev.freshet.debezium.transaction.Ends;
import dev.freshet.debezium.transaction.TransactionAssembler;
import dev.freshet.debezium.value.Fields;
import dev.freshet.model.mapping.TableName;
import dev.freshet.protocol.Lsn;
import io.debezium.connector.postgresql.PostgresSchema;
import io.debezium.connector.postgresql.connection.LogicalDecodingMessage;
import io.debezium.connector.postgresql.connection.ReplicationMessage;
import io.debezium.connector.postgresql.connection.ReplicationStream;
import io.debezium.connector.postgresql.connection.ReplicationStream.ReplicationMessageProcessor;
import io.debezium.relational.TableId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Passes what the messages of one stream mean to the assembler. One thread at a time. */
final class MessageReader implements ReplicationMessageProcessor {
    /** A table of the stream. */
    private record Known(String quoted, TableId id, TableName name, boolean isWanted) {
        static Known of(String quoted, Set<TableName> wanted) {
            TableId id = TableId.parse(quoted, false);
            var name = new TableName(id.schema(), id.table());
            return new Known(quoted, id, name, wanted.contains(name));
        }
    }

    private final Wanted wanted;
    private final TransactionAssembler assembler;
    private final TableShapes shapes;
    private final Ends<Lsn> ends;
    private final ReplicationStream stream;
    private final PostgresSchema schema;
    private final Map<String, Known> known = new HashMap<>();
    private Known last;
    private long rows;

    MessageReader(
            Wanted wanted,
            TransactionAssembler assembler,
            TableShapes shapes,
            Ends<Lsn> ends,
            ReplicationStream stream,
            PostgresSchema schema) {
        this.wanted = wanted;
        this.assembler = assembler;
        this.shapes = shapes;
        this.ends = ends;
        this.stream = stream;
        this.schema = schema;
    }

    @Override
    public void process(ReplicationMessage message) throws InterruptedException {
        if (message == null || message.isSkippedMessage()) {
            return;
        }
        switch (message.getOperation()) {
            case BEGIN -> assembler.begin(txId(message));
            case COMMIT -> commit(message);
            case MESSAGE -> marker((LogicalDecodingMessage) message);
            case INSERT -> row(message, Operation.CREATE);
            case UPDATE -> row(message, Operation.UPDATE);
            case DELETE -> row(message, Operation.DELETE);
            case TRUNCATE -> row(message, Operation.TRUNCATE);
            case NOOP, ORIGIN -> {
                // means nothing to a cache
            }
        }
    }

    private void commit(ReplicationMessage message) throws InterruptedException {
        // The position of the message is the end of the commit record: acknowledging it acknowledges the transaction.
        var commit = new Commit(position(), message.getCommitTime(), List.of());
        // Before it is delivered, because it may be acknowledged at once.
        ends.add(commit.lsn(), commit.lsn());
        assembler.end(txId(message), commit);
    }

    private void marker(LogicalDecodingMessage message) {
        if (!message.getPrefix().equals(wanted.prefix())) {
            return;
        }
        StreamEvent event =
                EventCodec.message(message.getTransactionId().orElse(EventCodec.UNKNOWN), message.getContent());
        if (event instanceof StreamEvent.Message marker) {
            assembler.marker(marker.txId(), marker.content());
        }
    }

    private void row(ReplicationMessage message, Operation operation) throws InterruptedException {
        Known table = table(message.getTable());
        if (!table.isWanted()) {
            return;
        }
        rows++;
        try {
            Object shape = schema.tableFor(table.id());
            Fields before = image(message.getOldTupleList(), shape);
            Fields after = image(message.getNewTupleList(), shape);
            assembler.row(new RowChange(
                    table.name(),
                    operation,
                    before == null ? null : shapes.before(table.name(), before),
                    after == null ? null : shapes.after(table.name(), after),
                    new Origin(txId(message), position(), message.getCommitTime())));
        } catch (BadEventException e) {
            throw new CaptureException(e.getMessage(), e);
        }
    }

    /** Rows of one table often come one after the other. */
    private Known table(String quoted) {
        if (last == null || !last.quoted().equals(quoted)) {
            last = known.computeIfAbsent(quoted, name -> Known.of(name, wanted.tables()));
        }
        return last;
    }

    private static Fields image(List<ReplicationMessage.Column> tuple, Object shape) {
        return tuple == null || tuple.isEmpty() ? null : new TupleFields(tuple, shape);
    }

    /** How many row changes there have been. */
    long rows() {
        return rows;
    }

    private Lsn position() {
        return new Lsn(stream.lastReceivedLsn().asLong());
    }

    private static long txId(ReplicationMessage message) {
        return message.getTransactionId().orElse(EventCodec.UNKNOWN);
    }
}
