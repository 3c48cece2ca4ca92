// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.json;

import dev.freshet.core.stream.Operation;
import dev.freshet.core.stream.RowChange;
import dev.freshet.debezium.event.BadEventException;
import dev.freshet.debezium.event.EventCodec;
import dev.freshet.debezium.event.ReplicaIdentities;
import dev.freshet.debezium.event.StreamEvent;

/**
 * Parses the lines of a recorded stream, and checks that the events of mapped tables have what the mapping needs. One
 * thread at a time.
 */
public final class EventParser {
    private final JsonEvents records = new JsonEvents();
    private final MappedTables tables;
    private final EventCodec codec;

    public EventParser(MappedTables tables) {
        this.tables = tables;
        this.codec = new EventCodec(tables, ReplicaIdentities.UNKNOWN);
    }

    public StreamEvent parse(String line) throws BadEventException {
        StreamEvent event = codec.read(records.read(line));
        if (event instanceof StreamEvent.Changed changed) {
            check(changed.change());
        } else if (event instanceof StreamEvent.Seen seen) {
            check(seen.row());
        }
        return event;
    }

    /** There are no more lines. */
    public void end() throws BadEventException {
        codec.end();
    }

    private void check(RowChange change) throws BadEventException {
        if (change.operation() == Operation.DELETE) {
            tables.requireId(change.table(), change.before());
        } else if (change.operation() != Operation.TRUNCATE) {
            tables.requireColumns(change.table(), change.before(), change.after());
        }
    }
}
