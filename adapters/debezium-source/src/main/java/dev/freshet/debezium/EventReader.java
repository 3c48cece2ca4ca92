// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium;

import dev.freshet.core.stream.Commit;
import dev.freshet.debezium.connect.StructRecord;
import dev.freshet.debezium.event.BadEventException;
import dev.freshet.debezium.event.EventCodec;
import dev.freshet.debezium.event.EventTables;
import dev.freshet.debezium.event.ReplicaIdentities;
import dev.freshet.debezium.event.StreamEvent;
import dev.freshet.debezium.transaction.CaptureException;
import dev.freshet.debezium.transaction.TransactionAssembler;
import org.apache.kafka.connect.source.SourceRecord;

/** Passes what Debezium's records mean to the assembler. Not thread-safe. */
final class EventReader {
    private final TransactionAssembler assembler;
    private final EventCodec codec;

    EventReader(TransactionAssembler assembler, ReplicaIdentities identities) {
        this.assembler = assembler;
        this.codec = new EventCodec(EventTables.ALL, identities);
    }

    /** Returns the commit if the record ends a transaction, else null. */
    Commit read(SourceRecord record) throws InterruptedException {
        StreamEvent event = event(record);
        if (event instanceof StreamEvent.Changed changed) {
            assembler.row(changed.change());
        } else if (event instanceof StreamEvent.Seen seen) {
            assembler.row(seen.row());
        } else if (event instanceof StreamEvent.Message message) {
            assembler.marker(message.txId(), message.content());
        } else if (event instanceof StreamEvent.Begin begin) {
            assembler.begin(begin.txId());
        } else if (event instanceof StreamEvent.End end) {
            assembler.end(end.txId(), end.commit());
            return end.commit();
        }
        return null;
    }

    /** Whether the last record read lies between the begin and the end of a transaction. */
    boolean isInTransaction() {
        return assembler.isOpen();
    }

    private StreamEvent event(SourceRecord record) {
        try {
            return codec.read(new StructRecord(record));
        } catch (BadEventException e) {
            throw new CaptureException(e.getMessage(), e);
        }
    }
}
