// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium;

import dev.freshet.protocol.Lsn;
import io.debezium.engine.DebeziumEngine.RecordCommitter;
import io.debezium.engine.RecordChangeEvent;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Keeps the end of each transaction until its position is released, and then acknowledges it on the engine's thread,
 * because Debezium's committer is not thread-safe. Only the ends of transactions are acknowledged, so the slot advances
 * by whole transactions.
 */
final class Acknowledger {
    private record End(Lsn lsn, RecordChangeEvent<SourceRecord> event) {}

    private final Queue<End> ends = new ArrayDeque<>();
    private final AtomicReference<Lsn> released = new AtomicReference<>(Lsn.ZERO);

    /** Called from any thread: everything up to this position is done. */
    void release(Lsn lsn) {
        released.accumulateAndGet(lsn, Lsn::max);
    }

    /** On the engine's thread. */
    void ended(Lsn lsn, RecordChangeEvent<SourceRecord> event) {
        ends.add(new End(lsn, event));
    }

    /** Acknowledges what has been released since. Called on the engine's thread. */
    void flush(RecordCommitter<RecordChangeEvent<SourceRecord>> committer) throws InterruptedException {
        Lsn upTo = released.get();
        End last = null;
        while (!ends.isEmpty() && !ends.peek().lsn().isAfter(upTo)) {
            last = ends.remove();
        }
        if (last != null) {
            committer.markProcessed(last.event());
            committer.markBatchFinished();
        }
    }
}
