// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.start;

import dev.freshet.core.cache.Cache;
import dev.freshet.core.cache.Losses;
import dev.freshet.core.pipeline.StartPoint;
import dev.freshet.core.pipeline.UnreadableException;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves a note in the cache for as long as this process reads the stream. So a change that kills each process that reads
 * it is given up, as others are that cannot be read. One thread.
 */
public final class CrashLoopGuard {
    private static final Logger LOG = LoggerFactory.getLogger(CrashLoopGuard.class);

    private final Cache cache;
    private final UnreadableChanges unreadable;
    private final boolean stopsThere;
    private final String process = UUID.randomUUID().toString();

    /** @param stopsThere whether the run ends at such a change, so that the next start tries it again */
    public CrashLoopGuard(Cache cache, UnreadableChanges unreadable, boolean stopsThere) {
        this.cache = cache;
        this.unreadable = unreadable;
        this.stopsThere = stopsThere;
    }

    /** @throws UnreadableException if enough processes were lost at this place */
    public void begin(StartPoint start) throws InterruptedException {
        Losses lost = cache.beginReading(
                process,
                start.origin().epoch() + ":" + start.published(),
                unreadable.processesWanted(start.published()),
                stopsThere);
        if (lost.areEnough()) {
            throw UnreadableException.killing(start.published(), lost.processes());
        }
        if (lost.processes() > 0) {
            LOG.warn(
                    "{} of {} processes vanished while they read what comes after {}: killed, out of memory or"
                            + " disconnected; it is read once more",
                    lost.processes(),
                    lost.enough(),
                    start.published());
        }
    }

    /** A process that lives did not die of what it read. To be called while the lock is still held. */
    public void end() {
        cache.endReading(process);
    }
}
