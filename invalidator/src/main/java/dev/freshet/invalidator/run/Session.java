// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.core.cache.Losses;
import dev.freshet.core.gate.VisibilityGate;
import dev.freshet.core.pipeline.ChangePipeline;
import dev.freshet.core.pipeline.ChunkQueue;
import dev.freshet.core.pipeline.EvictionLog;
import dev.freshet.core.pipeline.Ports;
import dev.freshet.core.pipeline.PositionLostException;
import dev.freshet.core.pipeline.Publisher;
import dev.freshet.core.pipeline.Purge;
import dev.freshet.core.pipeline.StartPoint;
import dev.freshet.core.pipeline.UnreadableException;
import dev.freshet.core.source.Shortcoming;
import dev.freshet.core.source.SlotInfo;
import dev.freshet.core.stream.Chunk;
import dev.freshet.debezium.Capture;
import dev.freshet.postgres.connection.FailureCause;
import dev.freshet.postgres.connection.PostgresConnections;
import dev.freshet.postgres.slot.Slots;
import dev.freshet.postgres.tables.JdbcLookups;
import dev.freshet.postgres.visibility.JdbcSnapshotSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of the stream: from taking the lock to the first failure. Whatever happens, the next run starts from the slot. */
final class Session {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    private static final Duration IDLE = Duration.ofMillis(100);
    /** Markers between two looks at whether the source still has what it needs. */
    private static final int INSPECTION = 30;

    private static final MemoryBudget MEMORY = MemoryBudget.ofThisProcess();

    private final RunSettings settings;
    private final RunParts parts;
    private final PostgresConnections connections;
    private int beats;
    private long lookedAt;

    Session(RunSettings settings, RunParts parts) {
        this.settings = settings;
        this.parts = parts;
        this.connections = new PostgresConnections(settings.database());
    }

    /** Returns only by an exception: InterruptedException when it is told to stop. */
    void run() throws SQLException, InterruptedException {
        try (Connection control = connections.open(
                InstanceLabel.of(settings.meaning()).purpose(),
                settings.timings().stallTimeout())) {
            var preflight = new Preflight(settings, parts, control);
            StartPoint start = preflight.start();
            // Once: an instance that another one has taken over from since must not take back.
            parts.takeOver().set(false);
            try {
                beginReading(start);
                read(control, preflight, start);
            } catch (SQLException | RuntimeException | InterruptedException e) {
                // While the lock is still ours: a process that lives did not die of what it read.
                parts.cache().endReading(parts.process());
                throw e;
            }
        }
    }

    private void read(Connection control, Preflight preflight, StartPoint start)
            throws SQLException, InterruptedException {
        Heartbeat.prepare(control);
        try (var snapshots = new JdbcSnapshotSource(
                        connections.open("visibility", settings.timings().stallTimeout()),
                        preflight.source().names(),
                        start.origin().publication());
                Connection forLookups = connections.open("lookups");
                var source = new SourceWatch(
                        connections.open("inspection", settings.timings().stallTimeout()),
                        preflight.source()::shortcomings)) {
            var lookups = new JdbcLookups(parts.view(), forLookups);
            var log = new EvictionLog(MEMORY.evictions(), start.confirmed());
            var ports = new Ports(
                    parts.cache(), lookups, parts.heartbeat(), FailureCause.KINDS, parts.listener(), parts.clock());
            var purge = new Purge(parts.cache(), settings.keyGlobs(), parts.listener(), lookups::patterns);
            var publisher = new Publisher(ports, log, purge, preflight.contract(), settings.meaning(), start);
            var gate = new VisibilityGate(snapshots, settings.timings().visibilityTimeout());
            var pipeline = new ChangePipeline(gate, parts.planner(), ports, log, publisher, start.confirmed());
            stream(control, source, pipeline, publisher);
        }
    }

    /** A change that kills the process is given up as others are that cannot be read. */
    private void beginReading(StartPoint start) throws InterruptedException {
        Losses lost = parts.cache()
                .beginReading(
                        parts.process(),
                        start.origin().epoch() + ":" + start.published(),
                        parts.unreadable().processesWanted(start.published()),
                        settings.onUnreadable() == OnUnreadable.STOP);
        if (lost.areEnough()) {
            throw UnreadableException.killing(start.published(), lost.processes());
        }
        if (lost.processes() > 0) {
            LOG.warn(
                    "{} of {} processes vanished while they read what comes after {}: killed, out of memory or"
                            + " disconnected; it is read once more",
                    lost.processes(),
                    lost.enough(),
                    start.published());
        }
    }

    private void stream(Connection control, SourceWatch source, ChangePipeline pipeline, Publisher publisher)
            throws SQLException, InterruptedException {
        var capture = settings.capture();
        var queue = new ChunkQueue(capture.queuedBytes());
        parts.listener().ledger().begin();
        parts.heartbeat().begin();
        parts.watch().begin();
        try (Capture stream = Capture.open(capture, queue)) {
            parts.lifecycle().catchingUp(patience());
            try {
                follow(stream, queue, control, source, pipeline, publisher);
            } catch (PositionLostException e) {
                // In this one place while the stream runs, and before the stream is closed, which can take seconds.
                parts.cache().withdraw();
                throw e;
            }
        }
    }

    private void follow(
            Capture stream,
            ChunkQueue queue,
            Connection control,
            SourceWatch source,
            ChangePipeline pipeline,
            Publisher publisher)
            throws SQLException, InterruptedException {
        boolean checked = false;
        while (true) {
            if (parts.heartbeat().due()) {
                beat(control, source, publisher);
            }
            checkSource(source);
            List<Chunk> chunks = queue.take(idle());
            if (!chunks.isEmpty()) {
                if (!checked) {
                    // The engine makes a slot that is missing, and says nothing: look before anything is published.
                    checkSlot(control, publisher);
                    checked = true;
                }
                long markers = parts.heartbeat().returns();
                pipeline.process(chunks, stream);
                boolean marked = parts.heartbeat().returns() > markers;
                parts.lifecycle().processed();
                if (marked) {
                    parts.lifecycle().to(State.STREAMING, null);
                }
                parts.watch().received(marked);
            } else if (stream.ended().isDone()) {
                fail(stream, publisher);
            } else if (parts.watch().stalled(parts.heartbeat().oldestUnderWay())) {
                throw stalled(publisher);
            }
        }
    }

    /** How long to wait for changes at most. */
    private Duration idle() {
        Duration untilDue = parts.heartbeat().untilDue();
        return untilDue.compareTo(IDLE) < 0 ? untilDue : IDLE;
    }

    private RuntimeException stalled(Publisher publisher) {
        parts.metrics().stalled();
        Duration patience = parts.watch().patience();
        if (parts.watch().isHopeless()) {
            return new UnreadableException(
                    publisher.published(),
                    OptionalLong.empty(),
                    "the stream was silent for " + patience.toMinutes() + " minutes, repeatedly",
                    null);
        }
        parts.watch().gaveUp();
        return new IllegalStateException("the stream is silent: no marker came back within " + patience.toMillis()
                + " ms; the next one is given " + parts.watch().patience().toSeconds() + " s");
    }

    private String patience() {
        StallWatch watch = parts.watch();
        return watch.inARow() == 0
                ? null
                : "waits up to " + watch.patience().toSeconds() + " s for the first marker: the stream was silent "
                        + watch.inARow() + " times in a row";
    }

    private void beat(Connection control, SourceWatch source, Publisher publisher)
            throws SQLException, InterruptedException {
        long now = System.nanoTime();
        parts.heartbeat().beat(control, parts.cache().masters());
        if (beats > 0 && now - lookedAt < settings.timings().heartbeat().toNanos()) {
            // One more, that readers wanted.
            return;
        }
        lookedAt = now;
        SlotInfo slot = checkSlot(control, publisher);
        parts.progress().lagging(slot.lagBytes());
        parts.watch().sent(slot.sentLsn(), slot.working(), parts.heartbeat().oldestUnderWay());
        if (++beats % INSPECTION == 0) {
            source.begin();
        }
    }

    private void checkSource(SourceWatch source) throws SQLException, InterruptedException {
        List<Shortcoming> missing = source.found();
        if (!missing.isEmpty()) {
            throw new PositionLostException("the database has changed: " + missing.get(0));
        }
    }

    /** A slot that is further than we ever published was made anew, or moved by someone else. */
    private SlotInfo checkSlot(Connection control, Publisher publisher) throws SQLException, InterruptedException {
        SlotInfo slot = Slots.read(control, settings.slot()).orElse(null);
        if (slot == null || slot.confirmedLsn().isAfter(publisher.published())) {
            throw new PositionLostException(
                    slot == null
                            ? "replication slot " + settings.slot() + " is gone"
                            : "replication slot " + settings.slot() + " is at " + slot.confirmedLsn()
                                    + ", ahead of what was evicted: it was recreated or moved");
        }
        return slot;
    }

    /** An engine that has never begun to stream says nothing of what is to be read. */
    private static void fail(Capture stream, Publisher publisher) {
        try {
            stream.ended().join();
        } catch (CompletionException e) {
            LOG.debug("the engine ended", e);
            Throwable cause = e.getCause();
            Throwable broke = cause.getCause() == null ? cause : cause.getCause();
            if (stream.hasStarted() && !FailureCause.isPassing(cause)) {
                throw new UnreadableException(
                        publisher.published(), OptionalLong.empty(), FailureCause.in(broke), cause);
            }
            throw cause instanceof RuntimeException known ? known : e;
        }
        throw new IllegalStateException("the change stream ended");
    }
}
