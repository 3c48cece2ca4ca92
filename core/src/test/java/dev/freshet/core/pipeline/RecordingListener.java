// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.pipeline;

import dev.freshet.core.cache.EvictionReport;
import dev.freshet.core.plan.Eviction;
import dev.freshet.core.stream.Chunk;
import dev.freshet.core.stream.Commit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Remembers what it was told. */
final class RecordingListener implements PipelineListener {
    final List<String> told = new ArrayList<>();

    @Override
    public void captured(Chunk chunk) {
        told.add("captured " + chunk.txId());
    }

    @Override
    public void planned(Eviction eviction) {
        told.add("planned " + eviction.name());
    }

    @Override
    public void evicted(EvictionReport report) {
        told.add("evicted " + report.asked());
    }

    @Override
    public void accepted(long txId, Commit commit, Instant now) {
        told.add("accepted " + txId + " at " + commit.lsn());
    }

    @Override
    public void waitedForVisibility(Duration time) {
        told.add("visible");
    }

    @Override
    public void batched(int rows) {
        told.add("batched " + rows);
    }

    @Override
    public void published(Commit commit) {
        told.add("published " + commit.lsn());
    }

    @Override
    public void failedOver() {
        told.add("failed over");
    }

    @Override
    public void purged(Gap.Kind why) {
        told.add("purged " + why);
    }
}
