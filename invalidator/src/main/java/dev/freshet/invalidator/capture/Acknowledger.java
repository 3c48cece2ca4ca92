// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.capture;

import io.debezium.engine.DebeziumEngine.RecordCommitter;
import io.debezium.engine.RecordChangeEvent;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Remembers the end of each transaction until its position is released, and then acknowledges it on the engine's
 * thread: Debezium's committer is not thread-safe. Only ends are ever marked, so the slot moves by whole transactions.
 */
final class Acknowledger {
    private record End(long lsn, RecordChangeEvent<SourceRecord> event) {}

    private final Queue<End> ends = new ArrayDeque<>();
    private final AtomicLong released = new AtomicLong(-1);

    /** From any thread: everything up to this position is done. */
    void release(long lsn) {
        released.accumulateAndGet(lsn, (a, b) -> Long.compareUnsigned(b, a) > 0 || a == -1 ? b : a);
    }

    /** On the engine's thread. */
    void ended(long lsn, RecordChangeEvent<SourceRecord> event) {
        ends.add(new End(lsn, event));
    }

    /** On the engine's thread: passes on what has been released since. */
    void flush(RecordCommitter<RecordChangeEvent<SourceRecord>> committer) throws InterruptedException {
        long upTo = released.get();
        End last = null;
        while (upTo != -1 && !ends.isEmpty() && Long.compareUnsigned(ends.peek().lsn(), upTo) <= 0) {
            last = ends.remove();
        }
        if (last != null) {
            committer.markProcessed(last.event());
            committer.markBatchFinished();
        }
    }
}
