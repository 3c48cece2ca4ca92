// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.stream;

import dev.freshet.core.cache.Cache;
import dev.freshet.core.source.SlotInfo;
import dev.freshet.invalidator.run.source.MarkerLog;
import dev.freshet.invalidator.run.source.Time;
import dev.freshet.invalidator.run.status.RunListener;
import java.time.Duration;

/**
 * Writes a marker when one is due. With the usual ones it looks at the slot, and with each thirtieth it has the source
 * inspected. For one stream and one thread.
 */
final class Pulse {
    /** Markers between two looks at whether the source still has what it needs. */
    private static final int INSPECTION = 30;

    private final Heartbeat heartbeat;
    private final Duration interval;
    private final MarkerLog log;
    private final Cache cache;
    private final SlotWatch slotWatch;
    private final SourceWatch sourceWatch;
    private final StallWatch stallWatch;
    private final RunListener listener;
    private final Time time;
    private int beats;
    private long lookedAt;

    /** @param interval at which it looks at the slot */
    Pulse(
            Heartbeat heartbeat,
            Duration interval,
            MarkerLog log,
            Cache cache,
            SlotWatch slotWatch,
            SourceWatch sourceWatch,
            StallWatch stallWatch,
            RunListener listener,
            Time time) {
        this.heartbeat = heartbeat;
        this.interval = interval;
        this.log = log;
        this.cache = cache;
        this.slotWatch = slotWatch;
        this.sourceWatch = sourceWatch;
        this.stallWatch = stallWatch;
        this.listener = listener;
        this.time = time;
    }

    void beatIfDue() throws InterruptedException {
        if (heartbeat.due()) {
            beat();
        }
    }

    private void beat() throws InterruptedException {
        long now = time.nanoTime();
        heartbeat.beat(log, cache.masters());
        if (beats > 0 && now - lookedAt < interval.toNanos()) {
            // One more, that readers wanted.
            return;
        }
        lookedAt = now;
        SlotInfo slot = slotWatch.look();
        listener.looked(slot);
        stallWatch.sent(slot.sentLsn(), slot.working(), heartbeat.oldestUnderWay());
        if (++beats % INSPECTION == 0) {
            sourceWatch.begin();
        }
    }
}
