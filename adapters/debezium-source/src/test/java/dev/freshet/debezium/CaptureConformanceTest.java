// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.awaitility.Awaitility.await;

import dev.freshet.conformance.ChangeStreamConformance;
import dev.freshet.conformance.PostgresTransaction;
import dev.freshet.conformance.SourceTransaction;
import dev.freshet.conformance.StreamRun;
import dev.freshet.core.stream.ChangeStream;
import dev.freshet.core.stream.ChunkSink;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.protocol.Lsn;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@WithPostgres
@ParameterizedClass
@EnumSource(StreamMode.class)
class CaptureConformanceTest extends ChangeStreamConformance {
    private static final String NAME = "conformance";

    private final StreamMode mode;
    private final TestDatabase database;
    private Stream stream;

    CaptureConformanceTest(StreamMode mode, TestDatabase database) {
        this.mode = mode;
        this.database = database;
    }

    @BeforeEach
    void create() {
        database.execute(
                "CREATE TABLE item (id int PRIMARY KEY, name text)",
                "CREATE TABLE other (id int PRIMARY KEY, name text)");
        stream = new Stream(database, mode, NAME, "item");
    }

    @AfterEach
    void drop() {
        stream.close();
        database.execute("DROP TABLE item, other");
    }

    @Override
    protected SourceTransaction begin() throws SQLException {
        return new PostgresTransaction(database.connect());
    }

    @Override
    protected StreamRun open(ChunkSink sink) throws InterruptedException {
        await().atMost(PATIENCE)
                .until(() -> stream.query(
                                "SELECT count(*) FROM pg_replication_slots WHERE active AND slot_name = '" + NAME + "'")
                        == 0);
        return new Run(stream.into(sink).open().capture());
    }

    @Override
    protected int chunkSize() {
        return stream.settings().chunkSize();
    }

    @Override
    protected void awaitAcknowledged(Lsn commit) {
        await().atMost(PATIENCE).until(() -> stream.confirmed() >= commit.value());
    }

    @Override
    protected void addColumn(String name) {
        database.execute("ALTER TABLE item ADD " + name + " text");
    }

    @Override
    protected void breakConnection() {
        database.execute(
                "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = '" + NAME + "'");
    }

    @Override
    protected Duration patience() {
        return PATIENCE;
    }

    private record Run(Capture capture) implements StreamRun {
        @Override
        public ChangeStream stream() {
            return capture;
        }

        @Override
        public CompletableFuture<Void> ended() {
            return capture.ended();
        }

        @Override
        public void close() {
            capture.close();
        }
    }
}
