// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.pipeline;

import dev.freshet.core.gate.VisibilityGate;
import dev.freshet.core.plan.Planner;
import dev.freshet.core.plan.TransactionPlanner;
import dev.freshet.core.plan.rows.BatchRelations;
import dev.freshet.core.plan.rows.Lookback;
import dev.freshet.core.stream.ChangeStream;
import dev.freshet.core.stream.Chunk;
import dev.freshet.core.stream.Commit;
import dev.freshet.protocol.Lsn;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;

/**
 * Takes batches of changes through the protocol's steps, in this order: wait until new snapshots see them, plan, evict,
 * confirm that the stream lacks nothing, publish the position, acknowledge. If a step fails, nothing of the batch is acknowledged, and the run ends. One
 * thread.
 */
public final class ChangePipeline {
    private final VisibilityGate gate;
    private final Planner planner;
    private final Ports ports;
    private final BatchRelations relations;
    private final EvictionLog log;
    private final Publisher publisher;
    private final Lookback lookback;
    private TransactionPlanner transaction;
    private Lsn lastCommit;

    /** @param acknowledged the last acknowledged position, after which the stream starts */
    public ChangePipeline(
            VisibilityGate gate, Planner planner, Ports ports, EvictionLog log, Publisher publisher, Lsn acknowledged) {
        this.gate = gate;
        this.planner = planner;
        this.ports = ports;
        this.relations = new BatchRelations(ports.lookups().relations());
        this.log = log;
        this.publisher = publisher;
        this.lookback = planner.newLookback();
        this.lastCommit = acknowledged;
    }

    /**
     * Processes a batch, in the order of the stream.
     *
     * @param stream where the batch comes from
     * @throws PositionLostException if changes may be missing from the stream
     * @throws UnreadableException if a change cannot be planned, now or later
     */
    public void process(List<Chunk> chunks, ChangeStream stream) throws InterruptedException {
        var batch = Batch.of(chunks);
        batch.ends().forEach(end -> publisher.passes(end.commit().lsn()));
        awaitVisible(batch);
        planAndEvict(batch);
        Optional<Commit> reached = accept(batch);
        if (reached.isPresent()) {
            // A position that is acknowledged but not published would look like a gap.
            publish(reached.get());
            Lsn complete = lookback.acknowledgeable(reached.get().lsn());
            stream.acknowledge(ports.cache().acknowledgeable(complete));
        }
    }

    private void awaitVisible(Batch batch) throws InterruptedException {
        long start = System.nanoTime();
        gate.await(batch.txIds());
        ports.listener().waitedForVisibility(Duration.ofNanos(System.nanoTime() - start));
    }

    /**
     * The planner looks up rows as they are after the commit. Evictions are sent in parts, so that memory stays
     * bounded.
     */
    private void planAndEvict(Batch batch) throws InterruptedException {
        var buffer = new EvictionBuffer(ports.cache(), ports.listener(), log, ports.lookups()::patterns);
        relations.forget();
        for (Chunk chunk : batch.chunks()) {
            if (transaction == null) {
                lookback.reached(position(chunk));
                transaction = planner.begin(relations, lookback);
            }
            ports.listener().captured(chunk);
            if (!chunk.changes().isEmpty()) {
                plan(chunk, buffer);
            }
            if (chunk.last()) {
                transaction.end(lastCommit);
                lastCommit = chunk.commit().lsn();
                log.committed(lastCommit);
                transaction = null;
            }
        }
        if (lookback.isOpen()) {
            lookback.lookedUpAt(ports.lookups().walEnd());
        }
        buffer.send();
        int rows = batch.rows();
        if (rows > 0) {
            ports.listener().batched(rows);
        }
    }

    /** Distinguishes a failure to plan from a failed eviction and from an unavailable database. */
    private void plan(Chunk chunk, EvictionBuffer buffer) {
        try {
            transaction.plan(chunk.changes(), buffer::add);
        } catch (CancellationException e) {
            throw e;
        } catch (RuntimeException e) {
            if (buffer.isSending() || (ports.failures().isPassing(e) && !isTooSlow(e))) {
                throw e;
            }
            throw new UnreadableException(
                    publisher.published(),
                    OptionalLong.of(chunk.txId()),
                    ports.failures().inWords(e),
                    e);
        }
    }

    /** A look-up that exceeds the socket timeout would exceed it again. */
    private static boolean isTooSlow(Throwable e) {
        return e != null && (e instanceof SocketTimeoutException || isTooSlow(e.getCause()));
    }

    /** The last commit of the batch, if a transaction ended in it. */
    private Optional<Commit> accept(Batch batch) {
        Instant now = ports.clock().instant();
        for (Chunk end : batch.ends()) {
            ports.listener().accepted(end.txId(), end.commit(), now);
            end.commit().markers().forEach(ports.markers()::returned);
        }
        return batch.lastEnd().map(Chunk::commit);
    }

    private void publish(Commit commit) throws InterruptedException {
        gate.confirmComplete();
        publisher.publish(commit.lsn(), commit.at(), ports.markers().held());
        ports.listener().published(commit);
    }

    /**
     * A position that the stream has passed once this chunk has arrived. A change carries the position where its record
     * begins, which is not after its commit. So a look-up that was answered when the WAL ended there has not seen the
     * change.
     */
    private static Lsn position(Chunk chunk) {
        if (!chunk.changes().isEmpty()) {
            return chunk.changes().get(0).origin().lsn();
        }
        return chunk.last() ? chunk.commit().lsn() : Lsn.ZERO;
    }
}
