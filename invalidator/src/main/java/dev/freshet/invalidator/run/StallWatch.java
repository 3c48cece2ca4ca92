// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Tells a stream that has gone silent from one that has much to do: an engine that runs is not an engine that streams. A
 * marker that is on its way for long is a bad sign only if nothing else comes either, and if the server does not say that
 * it is still reading WAL before the marker, as it does for a large transaction of which nothing is sent yet. Not
 * thread-safe.
 */
final class StallWatch {
    /** An engine may take long to open the stream on a busy machine, and must not be stopped before it has. */
    private static final long LEAST_FOR_THE_FIRST = Duration.ofMinutes(1).toNanos();

    private final long bound;
    private final LongSupplier nanoTime;
    private long progressAt;
    private long sent;
    private boolean opened;

    StallWatch(Duration bound, LongSupplier nanoTime) {
        this.bound = bound.toNanos();
        this.nanoTime = nanoTime;
        this.progressAt = nanoTime.getAsLong();
    }

    /** Something came out of the stream, and is dealt with. */
    void received() {
        opened = true;
        progressAt = nanoTime.getAsLong();
    }

    /**
     * So far the server says that it has read and sent WAL.
     *
     * @param oldest the marker that is on its way for longest
     */
    void sent(long lsn, Optional<Heartbeat.Marker> oldest) {
        boolean before =
                oldest.isPresent() && Long.compareUnsigned(sent, oldest.get().lsn()) < 0;
        if (before && Long.compareUnsigned(lsn, sent) > 0) {
            progressAt = nanoTime.getAsLong();
        }
        sent = lsn;
    }

    /** Whether to give the stream up. */
    boolean stalled(Optional<Heartbeat.Marker> oldest) {
        long now = nanoTime.getAsLong();
        long patience = opened ? bound : Math.max(bound, LEAST_FOR_THE_FIRST);
        return oldest.isPresent() && now - oldest.get().writtenAt() > patience && now - progressAt > patience;
    }
}
