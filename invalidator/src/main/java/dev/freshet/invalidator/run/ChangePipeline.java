// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.invalidator.capture.ChangeStream;
import dev.freshet.invalidator.capture.Chunk;
import dev.freshet.invalidator.capture.Commit;
import dev.freshet.invalidator.plan.BatchRelations;
import dev.freshet.invalidator.plan.Lookback;
import dev.freshet.invalidator.plan.TransactionPlanner;
import dev.freshet.invalidator.source.FailureCause;
import dev.freshet.invalidator.visibility.VisibilityGate;
import dev.freshet.protocol.Lsn;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;

/**
 * Takes batches of chunks through the protocol's steps, in its order: wait until they are visible, plan, evict, publish
 * the position, acknowledge. A step that fails ends the run, with nothing of the batch acknowledged. One thread.
 */
final class ChangePipeline {
    private final VisibilityGate gate;
    private final RunParts parts;
    private final Lookups lookups;
    private final BatchRelations relations;
    private final EvictionLog log;
    private final Publisher publisher;
    private final Lookback lookback;
    private TransactionPlanner transaction;
    private Lsn lastCommit;

    ChangePipeline(
            VisibilityGate gate,
            RunParts parts,
            Lookups lookups,
            EvictionLog log,
            Publisher publisher,
            Lsn acknowledged)
            throws SQLException {
        this.gate = gate;
        this.parts = parts;
        this.lookups = lookups;
        this.relations = new BatchRelations(lookups.relations());
        this.log = log;
        this.publisher = publisher;
        this.lookback = parts.planner().newLookback();
        this.lastCommit = acknowledged;
    }

    /** Returns whether a marker of this run was among them. */
    boolean process(List<Chunk> chunks, ChangeStream stream) throws InterruptedException, SQLException {
        for (Chunk chunk : chunks) {
            if (chunk.last()) {
                publisher.passes(chunk.commit().lsn());
            }
        }
        awaitVisible(chunks);
        evict(chunks);
        Instant now = parts.clock().instant();
        boolean marked = false;
        Commit last = null;
        for (Chunk chunk : chunks) {
            if (chunk.last()) {
                parts.ledger().accepted(chunk.txId(), chunk.commit(), now);
                last = chunk.commit();
                for (String marker : last.markers()) {
                    marked |= parts.heartbeat().returned(marker);
                }
            }
        }
        if (last != null) {
            // Published first: a position that is acknowledged but not published would look like a gap.
            publisher.publish(last.lsn(), last.at(), parts.heartbeat().held());
            parts.progress().reached(last.lsn(), last.at());
            stream.acknowledge(lookback.acknowledgeable(last.lsn()));
        }
        return marked;
    }

    private void awaitVisible(List<Chunk> chunks) throws InterruptedException {
        long start = System.nanoTime();
        gate.await(chunks.stream().map(Chunk::txId).collect(Collectors.toSet()));
        parts.metrics().waitedForVisibility(Duration.ofNanos(System.nanoTime() - start));
    }

    /** Plans after the gate, because the planner looks rows up as they are after the commit. */
    private void evict(List<Chunk> chunks) throws InterruptedException, SQLException {
        var batch = new EvictionBuffer(parts.cache(), parts.ledger(), log, lookups::patterns);
        relations.forget();
        int rows = 0;
        for (Chunk chunk : chunks) {
            if (transaction == null) {
                lookback.reached(position(chunk));
                transaction = parts.planner().begin(relations, lookback);
            }
            parts.ledger().captured(chunk);
            rows += chunk.changes().size();
            if (!chunk.changes().isEmpty()) {
                plan(chunk, batch);
            }
            if (chunk.last()) {
                transaction.end(lastCommit);
                lastCommit = chunk.commit().lsn();
                log.committed(lastCommit);
                transaction = null;
            }
        }
        if (lookback.isOpen()) {
            lookback.lookedUpAt(lookups.walEnd());
        }
        batch.send();
        if (rows > 0) {
            parts.metrics().batch(rows);
        }
    }

    /** What the planner cannot place, or look up, is told apart from evictions that fail and from a database that is away. */
    private void plan(Chunk chunk, EvictionBuffer batch) {
        try {
            transaction.plan(chunk.changes(), batch::add);
        } catch (CancellationException e) {
            throw e;
        } catch (RuntimeException e) {
            if (batch.isSending() || (FailureCause.isPassing(e) && !isTooSlow(e))) {
                throw e;
            }
            throw new UnreadableException(publisher.published(), OptionalLong.of(chunk.txId()), FailureCause.in(e), e);
        }
    }

    /** A look-up that takes longer than any answer is waited for takes as long the next time. */
    private static boolean isTooSlow(Throwable e) {
        return e != null && (e instanceof SocketTimeoutException || isTooSlow(e.getCause()));
    }

    /**
     * A position that the stream has passed once this chunk is here. Changes tell where their records begin, which is no
     * later than their commit, so a look-up answered when the WAL ended there has not seen them.
     */
    private static Lsn position(Chunk chunk) {
        if (!chunk.changes().isEmpty()) {
            return chunk.changes().get(0).origin().lsn();
        }
        return chunk.last() ? chunk.commit().lsn() : Lsn.ZERO;
    }
}
