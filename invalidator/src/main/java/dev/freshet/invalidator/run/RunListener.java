// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.core.cache.EvictionReport;
import dev.freshet.core.pipeline.Gap;
import dev.freshet.core.pipeline.PipelineListener;
import dev.freshet.core.plan.Eviction;
import dev.freshet.core.stream.Chunk;
import dev.freshet.core.stream.Commit;
import java.time.Duration;
import java.time.Instant;

/** Updates the metrics, the recent transactions and the progress of the run. */
record RunListener(Ledger ledger, RunMetrics metrics, Progress progress) implements PipelineListener {
    @Override
    public void captured(Chunk chunk) {
        ledger.captured(chunk);
    }

    @Override
    public void planned(Eviction eviction) {
        ledger.planned(eviction);
    }

    @Override
    public void evicted(EvictionReport report) {
        ledger.evicted(report);
    }

    @Override
    public void accepted(long txId, Commit commit, Instant now) {
        ledger.accepted(txId, commit, now);
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
