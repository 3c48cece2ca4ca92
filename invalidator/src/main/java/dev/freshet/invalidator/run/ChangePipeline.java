// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.invalidator.capture.Capture;
import dev.freshet.invalidator.capture.Chunk;
import dev.freshet.invalidator.capture.Commit;
import dev.freshet.invalidator.evict.Evictor;
import dev.freshet.invalidator.evict.Position;
import dev.freshet.invalidator.plan.Lookback;
import dev.freshet.invalidator.plan.Planner;
import dev.freshet.invalidator.plan.Relations;
import dev.freshet.invalidator.plan.TransactionPlanner;
import dev.freshet.invalidator.source.WalPosition;
import dev.freshet.invalidator.visibility.VisibilityGate;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Takes batches of chunks through the protocol's steps, in its order: wait until they are visible, plan, evict, publish
 * the position, acknowledge. A step that fails ends the run, with nothing of the batch acknowledged. One thread.
 */
final class ChangePipeline {
    private final VisibilityGate gate;
    private final Planner planner;
    private final Connection lookups;
    private final Relations relations;
    private final Evictor evictor;
    private final Ledger ledger;
    private final RunMetrics metrics;
    private final Progress progress;
    private final Clock clock;
    private final Identity identity;
    private final Lookback lookback;
    private TransactionPlanner transaction;
    private long lastCommit;

    /** Whose position is published. */
    record Identity(String systemIdentifier, String slot, long epoch) {}

    ChangePipeline(
            VisibilityGate gate,
            Planner planner,
            Connection lookups,
            Relations relations,
            Evictor evictor,
            Ledger ledger,
            RunMetrics metrics,
            Progress progress,
            Clock clock,
            Identity identity,
            long acknowledged) {
        this.gate = gate;
        this.planner = planner;
        this.lookups = lookups;
        this.relations = relations;
        this.evictor = evictor;
        this.ledger = ledger;
        this.metrics = metrics;
        this.progress = progress;
        this.clock = clock;
        this.identity = identity;
        this.lookback = planner.newLookback();
        this.lastCommit = acknowledged;
    }

    void process(List<Chunk> chunks, Capture capture) throws InterruptedException, SQLException {
        awaitVisible(chunks);
        evict(chunks);
        Instant now = clock.instant();
        Commit last = null;
        for (Chunk chunk : chunks) {
            if (chunk.last()) {
                ledger.accepted(chunk.txId(), chunk.commit(), now);
                last = chunk.commit();
            }
        }
        if (last != null) {
            // Published first: a position that is acknowledged but not published would look like a gap.
            evictor.publish(new Position(
                    identity.systemIdentifier(), identity.slot(), last.lsn(), last.at(), now, identity.epoch()));
            progress.reached(last.lsn(), last.at());
            capture.acknowledge(lookback.acknowledgeable(last.lsn()));
        }
    }

    private void awaitVisible(List<Chunk> chunks) throws InterruptedException {
        long start = System.nanoTime();
        gate.await(chunks.stream().map(Chunk::txId).collect(Collectors.toSet()));
        metrics.waitedForVisibility(Duration.ofNanos(System.nanoTime() - start));
    }

    /** Plans after the gate, because the planner looks rows up as they are after the commit. */
    private void evict(List<Chunk> chunks) throws InterruptedException, SQLException {
        var batch = new Batch(evictor, ledger);
        int rows = 0;
        for (Chunk chunk : chunks) {
            if (transaction == null) {
                lookback.reached(position(chunk));
                transaction = planner.begin(relations, lookback);
            }
            ledger.captured(chunk);
            rows += chunk.changes().size();
            if (!chunk.changes().isEmpty()) {
                transaction.plan(chunk.changes(), batch::add);
            }
            if (chunk.last()) {
                transaction.end(lastCommit);
                lastCommit = chunk.commit().lsn();
                transaction = null;
            }
        }
        if (lookback.isOpen()) {
            lookback.lookedUpAt(WalPosition.read(lookups));
        }
        batch.send();
        if (rows > 0) {
            metrics.batch(rows);
        }
    }

    /**
     * A position that the stream has passed once this chunk is here. Changes tell where their records begin, which is no
     * later than their commit, so a look-up answered when the WAL ended there has not seen them.
     */
    private static long position(Chunk chunk) {
        if (!chunk.changes().isEmpty()) {
            return chunk.changes().get(0).origin().lsn();
        }
        return chunk.last() ? chunk.commit().lsn() : 0;
    }
}
