// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.status;

import dev.freshet.core.cache.EvictionReport;
import dev.freshet.core.pipeline.FormerMapping;
import dev.freshet.core.pipeline.Gap;
import dev.freshet.core.pipeline.PipelineListener;
import dev.freshet.core.plan.Eviction;
import dev.freshet.core.source.SlotInfo;
import dev.freshet.core.stream.Chunk;
import dev.freshet.core.stream.Commit;
import dev.freshet.model.mapping.Mapping;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Told of each step of a run. Keeps its meters, its recent transactions and its progress. Called from one thread. */
public final class RunListener implements PipelineListener {
    private final OpenTransactions transactions;
    private final RunMetrics metrics;
    private final Progress progress;

    /** @param recent where transactions are listed once their evictions are accepted */
    public RunListener(Mapping mapping, RunMetrics metrics, RecentTransactions recent, Progress progress) {
        this.transactions = new OpenTransactions(mapping, metrics, recent);
        this.metrics = metrics;
        this.progress = progress;
    }

    /** From now on changes are evicted by this mapping. */
    public void evictsBy(Mapping mapping) {
        transactions.evictsBy(mapping);
    }

    /** A session begins after a failure. */
    public void restarted() {
        metrics.restarted();
    }

    /** A stream is opened. Transactions that were open are read again from their beginning. */
    public void streamOpened() {
        transactions.begin();
    }

    /** The stream was given up, because it was silent. */
    public void stalled() {
        metrics.stalled();
    }

    /** The slot was looked at. */
    public void looked(SlotInfo slot) {
        progress.lagging(slot.lagBytes());
        progress.wal().seen(slot.safeBytes(), slot.confirmedLsn().value() + slot.lagBytes());
    }

    /** Changes were given up, and the namespace was purged instead. */
    public void gaveUp() {
        metrics.skipped();
    }

    /** What a changed mapping made stale was evicted. */
    public void adopted(FormerMapping former, List<Eviction> evictions, Instant now) {
        evictions.forEach(metrics::planned);
        progress.remapped(former.differences(), now);
    }

    /** What a changed mapping made stale was purged with everything else. */
    public void purgedWith(FormerMapping former, Instant now) {
        progress.remapped(former.differences(), now);
    }

    @Override
    public void captured(Chunk chunk) {
        transactions.captured(chunk);
    }

    @Override
    public void planned(Eviction eviction) {
        transactions.planned(eviction);
    }

    @Override
    public void evicted(EvictionReport report) {
        transactions.evicted(report);
    }

    @Override
    public void accepted(long txId, Commit commit, Instant now) {
        transactions.accepted(txId, commit, now);
    }

    @Override
    public void waitedForVisibility(Duration time) {
        metrics.waitedForVisibility(time);
    }

    @Override
    public void batched(int rows) {
        metrics.batch(rows);
    }

    @Override
    public void published(Commit commit) {
        progress.reached(commit.lsn(), commit.at());
    }

    @Override
    public void failedOver() {
        metrics.failedOver();
    }

    @Override
    public void purged(Gap.Kind why) {
        metrics.purged(why);
    }
}
