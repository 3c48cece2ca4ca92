// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium;

import dev.freshet.core.stream.Commit;
import dev.freshet.debezium.event.ReplicaIdentities;
import dev.freshet.debezium.transaction.Ends;
import dev.freshet.debezium.transaction.TransactionAssembler;
import dev.freshet.protocol.Lsn;
import io.debezium.engine.DebeziumEngine.RecordCommitter;
import io.debezium.engine.RecordChangeEvent;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.connect.source.SourceRecord;

/** Reads the engine's records. */
final class RecordFeed implements Feed {
    /**
     * How long Debezium's streaming thread sleeps after five reads that found nothing. It costs 12 to 20 % of a core
     * while nothing happens; with 2 ms it would be 39 %.
     */
    private static final String POLL_MILLIS = "10";

    /** The end of each transaction, kept until its position is released. */
    private final Ends<RecordChangeEvent<SourceRecord>> ends = new Ends<>();

    private final EventReader reader;
    private final Duration heartbeat;
    private volatile boolean closed;

    RecordFeed(CaptureSettings settings, TransactionAssembler assembler, ReplicaIdentities identities) {
        this.reader = new EventReader(assembler, identities);
        this.heartbeat = settings.heartbeat();
    }

    @Override
    public void configure(Properties engine) {
        engine.setProperty("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
        engine.setProperty("provide.transaction.metadata", "true");
        engine.setProperty("poll.interval.ms", POLL_MILLIS);
        // One record per batch: it wakes the poller at once, and the handler only passes records on.
        engine.setProperty("max.batch.size", "1");
        engine.setProperty("heartbeat.interval.ms", Long.toString(heartbeat.toMillis()));
    }

    @Override
    public void handle(
            List<RecordChangeEvent<SourceRecord>> events, RecordCommitter<RecordChangeEvent<SourceRecord>> committer)
            throws InterruptedException {
        for (RecordChangeEvent<SourceRecord> event : events) {
            Commit commit = reader.read(event.record());
            if (commit != null) {
                ends.add(commit.lsn(), event);
            }
        }
        // This takes a round trip to PostgreSQL, which should not delay the rows of an open transaction.
        if (!reader.isInTransaction()) {
            acknowledgeReleased(committer);
        }
    }

    /** On the engine's thread, because the committer is not thread-safe. */
    private void acknowledgeReleased(RecordCommitter<RecordChangeEvent<SourceRecord>> committer)
            throws InterruptedException {
        RecordChangeEvent<SourceRecord> last = ends.takeReleased();
        if (last != null) {
            committer.markProcessed(last);
            committer.markBatchFinished();
        }
    }

    /** Takes effect with the next commit or heartbeat. */
    @Override
    public void acknowledge(Lsn lsn) {
        ends.release(lsn);
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }
}
