// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.pipeline;

import dev.freshet.core.cache.Cache;
import dev.freshet.core.cache.Masters;
import dev.freshet.core.cache.Position;
import dev.freshet.model.meaning.Meaning;
import dev.freshet.protocol.Contract;
import dev.freshet.protocol.Lsn;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the position, on the Redis masters that got the evictions. If a master was replaced meanwhile (a promoted
 * replica, or the same server after a restart), evictions may be lost and old entries back. Then the publisher first
 * repeats the evictions after the position that the new master shows, or purges the namespace if they are no longer in
 * the log. One thread.
 */
public final class Publisher {
    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

    private final Cache cache;
    private final PipelineListener listener;
    private final Clock clock;
    private final EvictionLog log;
    private final Purge purge;
    private final Contract contract;
    private final Meaning mapping;
    private Position.Origin origin;
    private Masters masters;
    private Lsn published;
    /** The commit that must come; null if none must. */
    private Lsn expected;

    /** @param start where the stream, and with it the log of evictions, starts */
    public Publisher(Ports ports, EvictionLog log, Purge purge, Contract contract, Meaning mapping, StartPoint start) {
        this.cache = ports.cache();
        this.listener = ports.listener();
        this.clock = ports.clock();
        this.log = log;
        this.purge = purge;
        this.contract = contract;
        this.mapping = mapping;
        this.origin = start.origin();
        this.masters = start.masters();
        this.published = start.published();
        this.expected = start.confirmed().isBefore(published) ? published : null;
    }

    /**
     * Publishes that everything committed up to here is evicted.
     *
     * @param heldAt see {@link Cache#publish}
     */
    void publish(Lsn lsn, Instant committedAt, Masters heldAt) throws InterruptedException {
        while (!cache.publish(new Position(origin, contract, lsn, committedAt, clock.instant()), masters, heldAt)) {
            takeOn(cache.masters());
        }
        purge.ended();
        if (lsn.isAfter(published)) {
            published = lsn;
        }
    }

    /**
     * Must be called for each commit, in order, before anything is done with the commit. The last published position
     * was a commit, so if the stream begins before it, that commit must come again. If it does not, the database was
     * restored from a copy: it has another history from there on, and entries may show commits that no longer exist.
     *
     * @throws PositionLostException if that commit does not come again
     */
    void passes(Lsn commit) {
        if (expected != null && !commit.isBefore(expected)) {
            if (!commit.equals(expected)) {
                throw new PositionLostException(
                        Gap.Kind.OTHER_DATABASE,
                        "the WAL has no commit at " + expected + ", where one was evicted: the database was restored");
            }
            expected = null;
        }
    }

    /** The furthest published position; nothing beyond it can have been acknowledged. */
    public Lsn published() {
        return published;
    }

    /**
     * Switches to new masters. A promoted replica has a prefix of what its master received, and a position is written
     * after the evictions that it covers. So the replica has every eviction up to its position.
     */
    private void takeOn(Masters others) throws InterruptedException {
        listener.failedOver();
        masters = others;
        // What a changed mapping made stale was evicted before the position named the new mapping, and is not in the
        // log.
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
