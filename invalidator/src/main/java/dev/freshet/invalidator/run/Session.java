// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.invalidator.capture.Capture;
import dev.freshet.invalidator.capture.CaptureSettings;
import dev.freshet.invalidator.capture.Chunk;
import dev.freshet.invalidator.evict.Evictor;
import dev.freshet.invalidator.evict.Position;
import dev.freshet.invalidator.source.Gap;
import dev.freshet.invalidator.source.InstanceLock;
import dev.freshet.invalidator.source.PostgresConnections;
import dev.freshet.invalidator.source.Preparation;
import dev.freshet.invalidator.source.SetupException;
import dev.freshet.invalidator.source.Shortcoming;
import dev.freshet.invalidator.source.SlotInfo;
import dev.freshet.invalidator.source.SystemIdentifier;
import dev.freshet.invalidator.visibility.JdbcSnapshotSource;
import dev.freshet.invalidator.visibility.VisibilityGate;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of the stream: from taking the lock to the first failure. Whatever happens, the next run starts from the slot. */
final class Session {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    private static final Duration IDLE = Duration.ofMillis(100);
    private static final long STANDBY_POLL_MILLIS = 500;
    private static final int SLOT_PATIENCE_POLLS = 100;

    private final RunSettings settings;
    private final RunParts parts;
    private final PostgresConnections connections;

    Session(RunSettings settings, RunParts parts) {
        this.settings = settings;
        this.parts = parts;
        this.connections = new PostgresConnections(settings.database());
    }

    /** Returns only by an exception: InterruptedException when it is told to stop. */
    void run() throws SQLException, InterruptedException {
        try (Connection control = connections.open("control")) {
            awaitLock(control);
            boolean prepared = prepare(control);
            SlotInfo slot = awaitFree(control);
            String system = SystemIdentifier.read(control);
            long epoch = closeGap(prepared, slot, system);
            Heartbeat.prepare(control);
            try (var snapshots = new JdbcSnapshotSource(connections.open("visibility"));
                    Connection lookups = connections.open("lookups")) {
                var pipeline = new ChangePipeline(
                        new VisibilityGate(snapshots, settings.visibilityTimeout()),
                        parts.planner(),
                        lookups,
                        parts.view().relations(lookups),
                        parts.evictor(),
                        parts.ledger(),
                        parts.metrics(),
                        parts.progress(),
                        parts.clock(),
                        new ChangePipeline.Identity(system, settings.slot(), epoch),
                        slot.confirmedLsn());
                stream(control, pipeline);
            }
        }
    }

    private void awaitLock(Connection control) throws SQLException, InterruptedException {
        while (!InstanceLock.tryTake(control, settings.slot())) {
            parts.lifecycle().to(State.STANDBY, "another instance works on slot " + settings.slot());
            Thread.sleep(STANDBY_POLL_MILLIS);
        }
        parts.lifecycle().to(State.STARTING, null);
    }

    private boolean prepare(Connection control) throws SQLException {
        List<Shortcoming> unfit = parts.view().shortcomings(control);
        if (!unfit.isEmpty()) {
            throw new SetupException(unfit);
        }
        return Preparation.prepare(
                control,
                RunSettings.names(settings.slot(), settings.publication(), settings.mapping(), parts.planner()));
    }

    /** After a failure the server may hold the slot for a moment longer. */
    private SlotInfo awaitFree(Connection control) throws SQLException, InterruptedException {
        SlotInfo slot = SlotInfo.read(control, settings.slot()).orElseThrow();
        for (int i = 0; slot.activePid() != 0 && i < SLOT_PATIENCE_POLLS; i++) {
            Thread.sleep(IDLE.toMillis());
            slot = SlotInfo.read(control, settings.slot()).orElseThrow();
        }
        if (slot.activePid() != 0) {
            throw new IllegalStateException("slot " + slot.name() + " is in use by process " + slot.activePid()
                    + " of PostgreSQL, which is not Freshet's: give another name with --slot");
        }
        return slot;
    }

    /** Slot first, purge second, serve third. Returns the epoch, which grows with each purge. */
    private long closeGap(boolean prepared, SlotInfo slot, String system) throws InterruptedException {
        Evictor evictor = parts.evictor();
        Optional<Position> stored = evictor.position();
        long epoch = stored.map(Position::epoch).orElse(0L);
        Optional<String> gap = Gap.find(prepared, slot, system, stored);
        if (gap.isEmpty()) {
            return epoch;
        }
        LOG.warn("purging the namespace, as changes may have been missed: {}", gap.get());
        // Keys of readers that fill the cache themselves carry no tag: their templates' globs are all there is to find
        // them by. A template that starts with little text reaches keys that are not Freshet's; over-evicting is safe.
        evictor.purge(settings.keyGlobs(), (fenceSets, keys) -> LOG.debug("purged {} keys", keys));
        parts.metrics().purged();
        Instant now = parts.clock().instant();
        evictor.publish(new Position(system, settings.slot(), slot.confirmedLsn(), now, now, epoch + 1));
        return epoch + 1;
    }

    private void stream(Connection control, ChangePipeline pipeline) throws SQLException, InterruptedException {
        var queue = new ChunkQueue();
        var capture = new CaptureSettings(
                settings.database(),
                settings.slot(),
                settings.publication(),
                Set.copyOf(settings.mapping().tables()),
                settings.profile());
        parts.ledger().begin();
        parts.heartbeat().begin();
        try (Capture stream = Capture.open(capture, queue)) {
            parts.lifecycle().to(State.CATCHING_UP, null);
            while (true) {
                if (parts.heartbeat().beat(control)) {
                    SlotInfo.read(control, settings.slot())
                            .ifPresent(slot -> parts.progress().lagging(slot.lagBytes()));
                }
                List<Chunk> chunks = queue.take(IDLE);
                if (!chunks.isEmpty()) {
                    pipeline.process(chunks, stream);
                    noteMarkers(chunks);
                } else if (stream.ended().isDone()) {
                    fail(stream);
                }
            }
        }
    }

    private void noteMarkers(List<Chunk> chunks) {
        for (Chunk chunk : chunks) {
            if (chunk.last() && chunk.commit().markers().stream().anyMatch(parts.heartbeat()::returned)) {
                parts.lifecycle().to(State.STREAMING, null);
            }
        }
    }

    private static void fail(Capture stream) {
        try {
            stream.ended().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
        throw new IllegalStateException("the change stream ended");
    }
}
