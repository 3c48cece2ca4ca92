// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.invalidator.capture.Capture;
import dev.freshet.invalidator.capture.Chunk;
import dev.freshet.invalidator.evict.Losses;
import dev.freshet.invalidator.source.FailureCause;
import dev.freshet.invalidator.source.PostgresConnections;
import dev.freshet.invalidator.source.PublicationChangedException;
import dev.freshet.invalidator.source.Shortcoming;
import dev.freshet.invalidator.source.SlotInfo;
import dev.freshet.invalidator.visibility.JdbcSnapshotSource;
import dev.freshet.invalidator.visibility.VisibilityGate;
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
                // While the lock is still ours: a process that lives is none that died of what it read.
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
                        preflight.names(),
                        start.origin().publication());
                Connection forLookups = connections.open("lookups");
                var source = new SourceWatch(
                        connections.open("inspection", settings.timings().stallTimeout()), preflight::shortcomings)) {
            var lookups = new JdbcLookups(parts.view(), forLookups);
            var log = new EvictionLog(MEMORY.evictions(), start.confirmed());
            var purge = new Purge(parts.cache(), settings.keyGlobs(), parts.metrics(), lookups::patterns);
            var publisher = new Publisher(
                    parts.cache(),
                    log,
                    purge,
                    parts.metrics(),
                    parts.clock(),
                    preflight.contract(),
                    settings.meaning(),
                    start);
            var pipeline = new ChangePipeline(
                    new VisibilityGate(snapshots, settings.timings().visibilityTimeout()),
                    parts,
                    lookups,
                    log,
                    publisher,
                    start.confirmed());
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
                    "{} of {} processes vanished while they read what comes behind {}: killed, or out of memory, or cut off; it is"
                            + " read once more",
                    lost.processes(),
                    lost.enough(),
                    start.published());
        }
    }

    private void stream(Connection control, SourceWatch source, ChangePipeline pipeline, Publisher publisher)
            throws SQLException, InterruptedException {
        var capture = settings.capture();
        var queue = new ChunkQueue(capture.queuedBytes());
        parts.ledger().begin();
        parts.heartbeat().begin();
        parts.watch().begin();
        try (Capture stream = Capture.open(capture, queue)) {
            parts.lifecycle().catchingUp(patience());
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
                    boolean marked = process(pipeline, chunks, stream);
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
    }

    /** How long to wait for changes at most. */
    private Duration idle() {
        Duration untilDue = parts.heartbeat().untilDue();
        return untilDue.compareTo(IDLE) < 0 ? untilDue : IDLE;
    }

    private boolean process(ChangePipeline pipeline, List<Chunk> chunks, Capture stream)
            throws SQLException, InterruptedException {
        try {
            return pipeline.process(chunks, stream);
        } catch (PublicationChangedException e) {
            parts.cache().withdraw();
            throw e;
        }
    }

    private RuntimeException stalled(Publisher publisher) {
        parts.metrics().stalled();
        Duration patience = parts.watch().patience();
        if (parts.watch().isHopeless()) {
            return new UnreadableException(
                    publisher.published(),
                    OptionalLong.empty(),
                    "the stream was silent for " + patience.toMinutes() + " minutes, again and again",
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
            parts.cache().withdraw();
            throw new IllegalStateException("the database has changed: " + missing.get(0));
        }
    }

    /** A slot that is further than we ever published was made anew, or moved by someone else. */
    private SlotInfo checkSlot(Connection control, Publisher publisher) throws SQLException, InterruptedException {
        SlotInfo slot = SlotInfo.read(control, settings.slot()).orElse(null);
        if (slot == null || slot.confirmedLsn().isAfter(publisher.published())) {
            parts.cache().withdraw();
            throw new IllegalStateException(
                    slot == null
                            ? "replication slot " + settings.slot() + " is gone"
                            : "replication slot " + settings.slot() + " is at " + slot.confirmedLsn()
                                    + ", ahead of what was evicted: it was made anew or moved");
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
