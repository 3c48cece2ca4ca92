// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium;

import dev.freshet.protocol.Lsn;
import io.debezium.engine.DebeziumEngine.RecordCommitter;
import io.debezium.engine.RecordChangeEvent;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.connect.source.SourceRecord;

/** How the contents of a stream reach the assembler, and how they are acknowledged, in one {@link StreamMode}. */
interface Feed extends AutoCloseable {
    /** Adds the settings of the engine that it needs. */
    void configure(Properties engine);

    /** Takes what the engine delivers. On the engine's thread. */
    void handle(
            List<RecordChangeEvent<SourceRecord>> events, RecordCommitter<RecordChangeEvent<SourceRecord>> committer)
            throws InterruptedException;

    /** Everything up to this position is done. From any thread. */
    void acknowledge(Lsn lsn);

    /** Ends what would keep the engine from closing. A failure of the stream after that is none. From any thread. */
    @Override
    void close();

    boolean isClosed();
}
