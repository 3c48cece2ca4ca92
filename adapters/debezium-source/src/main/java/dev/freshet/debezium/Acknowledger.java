// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium;

import dev.freshet.debezium.transaction.Ends;
import dev.freshet.protocol.Lsn;
import io.debezium.engine.DebeziumEngine.RecordCommitter;
import io.debezium.engine.RecordChangeEvent;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Acknowledges the ends of transactions on the engine's thread, because Debezium's committer is not thread-safe. Each
 * end is kept until its position is released.
 */
final class Acknowledger {
    private final Ends<RecordChangeEvent<SourceRecord>> ends = new Ends<>();

    /** Called from any thread: everything up to this position is done. */
    void release(Lsn lsn) {
        ends.release(lsn);
    }

    /** On the engine's thread. */
    void ended(Lsn lsn, RecordChangeEvent<SourceRecord> event) {
        ends.add(lsn, event);
    }

    /** Acknowledges what has been released since. Called on the engine's thread. */
    void flush(RecordCommitter<RecordChangeEvent<SourceRecord>> committer) throws InterruptedException {
        RecordChangeEvent<SourceRecord> last = ends.takeReleased();
        if (last != null) {
            committer.markProcessed(last);
            committer.markBatchFinished();
        }
    }
}
