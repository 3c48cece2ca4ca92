// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.invalidator.evict.Cache;
import dev.freshet.invalidator.evict.Masters;
import dev.freshet.invalidator.evict.Position;
import dev.freshet.invalidator.source.Gap;
import dev.freshet.model.meaning.Meaning;
import dev.freshet.protocol.Contract;
import dev.freshet.protocol.Lsn;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the position, on the masters of Redis that got the evictions. Where one is another by then (a replica that was
 * promoted, or the same after a restart), evictions may be lost and old entries back: then it first does there what was
 * done after the position that it shows. One thread.
 */
final class Publisher {
    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

    private final Cache cache;
    private final EvictionLog log;
    private final Purge purge;
    private final RunMetrics metrics;
    private final Clock clock;
    private final Contract contract;
    private final Meaning mapping;
    private Position.Origin origin;
    private Masters masters;
    private Lsn published;
    /** The commit that must come; null for none. */
    private Lsn expected;

    /** @param start from where on the stream comes and evictions are remembered in the log */
    Publisher(
            Cache cache,
            EvictionLog log,
            Purge purge,
            RunMetrics metrics,
            Clock clock,
            Contract contract,
            Meaning mapping,
            StartPoint start) {
        this.cache = cache;
        this.log = log;
        this.purge = purge;
        this.metrics = metrics;
        this.clock = clock;
        this.contract = contract;
        this.mapping = mapping;
        this.origin = start.origin();
        this.masters = start.masters();
        this.published = start.published();
        this.expected = start.confirmed().isBefore(published) ? published : null;
    }

    /**
     * Everything committed up to here is evicted.
     *
     * @param heldAt see {@link Cache#publish}
     */
    void publish(Lsn lsn, Instant committedAt, Masters heldAt) throws InterruptedException {
        while (!cache.publish(new Position(origin, contract, lsn, committedAt, clock.instant()), masters, heldAt)) {
            takeOn(cache.masters());
        }
        if (lsn.isAfter(published)) {
            published = lsn;
        }
    }

    /**
     * Told of each commit, in order, before anything that follows from it. What was published last was a commit, so where
     * the stream begins before that it must come again. If it does not, the database is a copy that was put back: what it
     * has there now is another history, and entries may show commits that never were.
     */
    void passes(Lsn commit) throws InterruptedException {
        if (expected != null && !commit.isBefore(expected)) {
            if (!commit.equals(expected)) {
                cache.withdraw();
                throw new IllegalStateException(
                        "the WAL has no commit at " + expected + ", where one was evicted: the database was restored");
            }
            expected = null;
        }
    }

    /** The furthest that was published; nothing beyond it can have been acknowledged. */
    Lsn published() {
        return published;
    }

    /**
     * A promoted replica holds a prefix of what its master was told, and the position comes after the evictions that it
     * stands for: all of them up to the position are there.
     */
    private void takeOn(Masters others) throws InterruptedException {
        metrics.failedOver();
        masters = others;
        // What a changed mapping made stale was evicted before the position told the new one, and is not in the log.
        FormerMapping former = FormerMapping.read(cache, others, mapping);
        Optional<Position> known = others.position()
                .filter(position -> former.isSame())
                .filter(position -> position.origin().equals(origin) && log.reachesBackTo(position.lsn()));
        if (known.isPresent()) {
            // A token of the old master can be later than any fence of this one: readers may have reached the old one
            // still, and clocks differ. Without its fence set every older token is refused.
            cache.dropFenceSets();
            var again = log.after(known.get().lsn());
            cache.evict(again);
            LOG.warn("Redis was restarted or failed over: {} evictions were repeated", again.size());
        } else {
            var gap = new Gap(
                    Gap.Kind.OTHER_MASTER,
                    "Redis was restarted or failed over, and what it has forgotten is not remembered");
            purge.run(gap, former);
            origin = origin.nextEpoch(clock.instant());
        }
    }
}
