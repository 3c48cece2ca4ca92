// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.pipeline;

import dev.freshet.core.cache.EvictionReport;
import dev.freshet.core.plan.Eviction;
import dev.freshet.core.stream.Chunk;
import dev.freshet.core.stream.Commit;
import java.time.Duration;
import java.time.Instant;

/** Called after each step of the pipeline, for metrics and for people who ask why. Called from one thread. */
public interface PipelineListener {
    /** A chunk of a transaction is visible, and is planned next. */
    void captured(Chunk chunk);

    /** A key or tag was found stale. */
    void planned(Eviction eviction);

    /** The cache has accepted these evictions. */
    void evicted(EvictionReport report);

    /** The cache has accepted everything of the transaction. */
    void accepted(long txId, Commit commit, Instant now);

    /** A batch waited for this long until new snapshots saw all its commits. */
    void waitedForVisibility(Duration time);

    /** A batch with this many row changes was planned and evicted. */
    void batched(int rows);

    /** The position of this commit was published. */
    void published(Commit commit);

    /** A Redis master was restarted or replaced, and the publisher switched to it. */
    void failedOver();

    /** The namespace was purged. */
    void purged(Gap.Kind why);
}
