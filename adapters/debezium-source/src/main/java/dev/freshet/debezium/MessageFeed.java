// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium;

import dev.freshet.debezium.event.ReplicaIdentities;
import dev.freshet.debezium.event.TableShapes;
import dev.freshet.debezium.tap.Tap;
import dev.freshet.debezium.tap.TappedConnector;
import dev.freshet.debezium.tap.Wanted;
import dev.freshet.debezium.transaction.TransactionAssembler;
import dev.freshet.protocol.Lsn;
import io.debezium.engine.DebeziumEngine.RecordCommitter;
import io.debezium.engine.RecordChangeEvent;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.connect.source.SourceRecord;

/** Reads the messages that Debezium decoded. The engine itself has nothing to deliver. */
final class MessageFeed implements Feed {
    /** How long the engine takes at most to notice that the stream has ended. */
    private static final String POLL_MILLIS = "200";

    private final Tap tap;

    MessageFeed(CaptureSettings settings, TransactionAssembler assembler, ReplicaIdentities identities) {
        this.tap = new Tap(
                new Wanted(settings.tables(), EngineProperties.MESSAGE_PREFIX), assembler, new TableShapes(identities));
    }

    @Override
    public void configure(Properties engine) {
        engine.setProperty("connector.class", TappedConnector.class.getName());
        engine.setProperty("driver." + Tap.PROPERTY, tap.name());
        engine.setProperty("poll.interval.ms", POLL_MILLIS);
    }

    @Override
    public void handle(
            List<RecordChangeEvent<SourceRecord>> events, RecordCommitter<RecordChangeEvent<SourceRecord>> committer) {
        throw new IllegalStateException("the engine delivered " + events.size() + " records, expected none");
    }

    @Override
    public void acknowledge(Lsn lsn) {
        tap.acknowledge(lsn);
    }

    @Override
    public void close() {
        tap.close();
    }

    @Override
    public boolean isClosed() {
        return tap.isClosed();
    }
}
