// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.start;

import dev.freshet.core.cache.Cache;
import dev.freshet.core.cache.EvictionReport;
import dev.freshet.core.cache.Masters;
import dev.freshet.core.cache.Position;
import dev.freshet.core.pipeline.FormerMapping;
import dev.freshet.core.pipeline.Gap;
import dev.freshet.core.pipeline.Purge;
import dev.freshet.core.pipeline.StartPoint;
import dev.freshet.core.pipeline.Withdrawal;
import dev.freshet.core.plan.Eviction;
import dev.freshet.core.source.SlotInfo;
import dev.freshet.invalidator.run.source.TableQueries;
import dev.freshet.invalidator.run.source.Time;
import dev.freshet.invalidator.run.status.Lifecycle;
import dev.freshet.invalidator.run.status.RunListener;
import dev.freshet.invalidator.run.status.State;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the cache right before the stream is opened: by a purge, or by evicting what a changed mapping makes stale. */
public final class StartPurge {
    private static final Logger LOG = LoggerFactory.getLogger(StartPurge.class);

    private final List<String> keyGlobs;
    private final Cache cache;
    private final Withdrawal withdrawal;
    private final Lifecycle lifecycle;
    private final RunListener listener;
    private final Hold hold;
    private final Time time;

    /** @param keyGlobs globs of the keys that a purge deletes beside the entries */
    public StartPurge(
            List<String> keyGlobs,
            Cache cache,
            Withdrawal withdrawal,
            Lifecycle lifecycle,
            RunListener listener,
            Hold hold,
            Time time) {
        this.keyGlobs = keyGlobs;
        this.cache = cache;
        this.withdrawal = withdrawal;
        this.lifecycle = lifecycle;
        this.listener = listener;
        this.hold = hold;
        this.time = time;
    }

    /**
     * Evicts what the former mapping may have left stale, and publishes the new one then: whoever breaks off in between finds
     * the former one again. All that it ignored is visible, as the gate lets nothing through before.
     */
    void adopt(FormerMapping former, Position known, Position.Origin origin, Findings found, TableQueries source)
            throws InterruptedException {
        LOG.warn("evicting what differs: {}", former.told());
        lifecycle.to(State.STARTING, "evicting what a changed mapping makes stale");
        List<Eviction> evictions = former.evictions();
        cache.recognise(source.patterns(former.keyRules()));
        EvictionReport report = cache.evict(evictions);
        Instant now = time.now();
        var position = new Position(origin, found.contract(), known.lsn(), known.committedAt(), now);
        if (!cache.publish(position, found.masters(), null)) {
            throw new IllegalStateException(
                    "Redis was restarted or failed over while what a changed mapping makes stale was evicted");
        }
        listener.adopted(former, evictions, now);
        LOG.info("evicted {} entries and {} keys", report.entries(), report.keys());
        lifecycle.to(State.STARTING, null);
    }

    /**
     * Empties the namespace, and publishes where the slot stands, in a new epoch. A start that breaks off and begins again
     * is told the same reason.
     *
     * @throws PauseWantedException if a pause is wanted while it waits for transactions. The position is withdrawn then,
     *     so that the next start purges
     */
    StartPoint purge(Gap gap, FormerMapping former, Findings found, TableQueries source) throws InterruptedException {
        withdrawal.because(gap);
        source.awaitOlderTransactions(why -> {
            hold.check();
            lifecycle.to(State.STARTING, why);
        });
        hold.check();
        lifecycle.starting();
        long epoch = found.masters().holders().stream()
                .mapToLong(holder -> holder.origin().epoch())
                .max()
                .orElse(0);
        Instant now = time.now();
        SlotInfo slot = found.slot();
        var origin = new Position.Origin(
                        found.server().systemIdentifier(),
                        found.server().timeline(),
                        slot.database(),
                        slot.name(),
                        found.publication(),
                        epoch)
                .nextEpoch(now);
        var purge = new Purge(cache, withdrawal, keyGlobs, listener, source::patterns);
        Masters masters;
        do {
            // A purge that began on one master and ended on another has emptied neither.
            masters = cache.masters();
            purge.run(gap, former);
        } while (!cache.publish(new Position(origin, found.contract(), slot.confirmedLsn(), now, now), masters, null));
        purge.ended();
        if (!former.changes().isEmpty()) {
            LOG.warn("purged with it: {}", former.told());
            listener.purgedWith(former, now);
        }
        return new StartPoint(slot.confirmedLsn(), origin, masters, slot.confirmedLsn());
    }
}
