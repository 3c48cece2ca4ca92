// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.record;

import dev.freshet.core.stream.Chunk;
import dev.freshet.core.stream.RowChange;
import dev.freshet.debezium.Capture;
import dev.freshet.debezium.CaptureSettings;
import dev.freshet.debezium.json.Envelope;
import dev.freshet.model.mapping.TableName;
import dev.freshet.postgres.connection.PostgresConnections;
import dev.freshet.postgres.connection.Primary;
import dev.freshet.postgres.setup.CaptureScope;
import dev.freshet.postgres.setup.Preparation;
import dev.freshet.support.config.postgres.JdbcSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Records changes to a file until it has enough events, has received nothing for some time, or is stopped. */
public final class Recorder {
    private static final int QUEUE = 64;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration TICK = Duration.ofMillis(200);

    private final Settings settings;
    private final PostgresConnections connections;
    private volatile boolean stopping;

    /**
     * What to record.
     *
     * @param ownSlot whether the slot is created for this recording and dropped after it
     * @param snapshot whether to begin with every row of the tables; requires {@code ownSlot}
     * @param maxEvents stop after this many events
     * @param idleExit stop if nothing arrives for this long; null to wait for ever
     */
    public record Settings(
            JdbcSettings database,
            List<TableName> tables,
            String slot,
            boolean ownSlot,
            String publication,
            Path file,
            boolean snapshot,
            long maxEvents,
            Duration idleExit) {}

    public Recorder(Settings settings) {
        this.settings = settings;
        this.connections = new PostgresConnections(settings.database());
    }

    /** Makes the recording end soon. May be called from any thread. */
    public void stop() {
        stopping = true;
    }

    /**
     * Returns how many events were written.
     *
     * @param ready called as soon as every later commit will be recorded
     */
    public long run(Runnable ready) throws SQLException, IOException, InterruptedException {
        var names = new CaptureScope(settings.slot(), settings.publication(), settings.tables(), Map.of());
        try (Connection control = connections.open("record");
                var file = new EventFile(settings.file())) {
            try {
                Preparation.prepare(control, names);
                if (settings.snapshot()) {
                    // The snapshot recreates the slot. The preparation has checked the rights and the publication.
                    dropSlot(control);
                    new Snapshot(connections, settings.slot()).write(settings.tables(), file);
                }
                ready.run();
                stream(file);
            } finally {
                if (settings.ownSlot()) {
                    dropSlot(control);
                }
            }
            return file.events();
        }
    }

    private void stream(EventFile file) throws SQLException, IOException, InterruptedException {
        BlockingQueue<Chunk> queue = new LinkedBlockingQueue<>(QUEUE);
        var capture = new CaptureSettings(
                Primary.find(settings.database()),
                settings.slot(),
                settings.publication(),
                Set.copyOf(settings.tables()));
        try (Capture stream = Capture.open(capture, queue::put)) {
            stream.awaitStarted(PATIENCE);
            long heard = System.nanoTime();
            while (!stopping && file.events() < settings.maxEvents() && !idle(heard)) {
                Optional<Chunk> chunk = Optional.ofNullable(queue.poll(TICK.toNanos(), TimeUnit.NANOSECONDS));
                if (chunk.isPresent()) {
                    write(chunk.get(), file);
                    if (chunk.get().last()) {
                        file.flush();
                        stream.acknowledge(chunk.get().commit().lsn());
                    }
                    heard = chunk.get().changes().isEmpty() ? heard : System.nanoTime();
                } else if (stream.ended().isDone()) {
                    fail(stream);
                }
            }
        }
    }

    private void write(Chunk chunk, EventFile file) throws IOException {
        for (RowChange change : chunk.changes()) {
            if (file.events() < settings.maxEvents()) {
                file.write(Envelope.change(change));
            }
        }
    }

    private boolean idle(long heard) {
        return settings.idleExit() != null
                && System.nanoTime() - heard > settings.idleExit().toNanos();
    }

    private static void fail(Capture stream) {
        try {
            stream.ended().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Drops the slot if it exists. The server may hold it for a moment after the stream has ended. */
    private void dropSlot(Connection control) throws SQLException, InterruptedException {
        String sql = "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '"
                + settings.slot() + "'";
        for (int attempts = 50; ; attempts--) {
            try (Statement statement = control.createStatement()) {
                statement.execute(sql);
                return;
            } catch (SQLException e) {
                if (!"55006".equals(e.getSQLState()) || attempts == 0) {
                    throw e;
                }
                TimeUnit.NANOSECONDS.sleep(TICK.toNanos());
            }
        }
    }
}
