// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.core.cache.Cache;
import dev.freshet.core.cache.EvictionReport;
import dev.freshet.core.cache.Masters;
import dev.freshet.core.cache.Position;
import dev.freshet.core.pipeline.FormerMapping;
import dev.freshet.core.pipeline.Gap;
import dev.freshet.core.pipeline.Purge;
import dev.freshet.core.pipeline.StartPoint;
import dev.freshet.core.plan.Eviction;
import dev.freshet.core.source.ServerIdentity;
import dev.freshet.core.source.SlotInfo;
import dev.freshet.postgres.visibility.OlderTransactions;
import dev.freshet.protocol.Contract;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the cache right before the stream is opened: by a purge, or by evicting what a changed mapping makes stale. */
final class StartPurge {
    private static final Logger LOG = LoggerFactory.getLogger(StartPurge.class);

    private final RunSettings settings;
    private final RunParts parts;
    private final Connection control;
    private final Contract contract;

    StartPurge(RunSettings settings, RunParts parts, Connection control, Contract contract) {
        this.settings = settings;
        this.parts = parts;
        this.control = control;
        this.contract = contract;
    }

    /**
     * Evicts what the former mapping may have left stale, and publishes the new one then: whoever breaks off in between finds
     * the former one again. All that it ignored is visible, as the gate lets nothing through before.
     */
    void adopt(FormerMapping former, Position known, Masters masters) throws InterruptedException {
        LOG.warn("evicting what differs: {}", former.told());
        parts.lifecycle().to(State.STARTING, "evicting what a changed mapping makes stale");
        List<Eviction> evictions = former.evictions();
        parts.cache().recognise(parts.view().patterns(control, former.keyRules()));
        EvictionReport report = parts.cache().evict(evictions);
        Instant now = parts.clock().instant();
        var position = new Position(known.origin(), contract, known.lsn(), known.committedAt(), now);
        if (!parts.cache().publish(position, masters, null)) {
            throw new IllegalStateException(
                    "Redis was restarted or failed over while what a changed mapping makes stale was evicted");
        }
        evictions.forEach(parts.metrics()::planned);
        parts.progress().remapped(former.differences(), now);
        LOG.info("evicted {} entries and {} keys", report.entries(), report.keys());
        parts.lifecycle().to(State.STARTING, null);
    }

    StartPoint purge(
            Gap gap, FormerMapping former, SlotInfo slot, ServerIdentity server, String publication, Masters found)
            throws SQLException, InterruptedException {
        Cache cache = parts.cache();
        cache.withdraw();
        OlderTransactions.awaitEnd(control, why -> parts.lifecycle().to(State.STARTING, why));
        parts.lifecycle().starting();
        long epoch = found.holders().stream()
                .mapToLong(holder -> holder.origin().epoch())
                .max()
                .orElse(0);
        Instant now = parts.clock().instant();
        var origin = new Position.Origin(
                        server.systemIdentifier(),
                        server.timeline(),
                        slot.database(),
                        settings.slot(),
                        publication,
                        epoch)
                .nextEpoch(now);
        var purge = new Purge(
                cache,
                settings.keyGlobs(),
                parts.listener(),
                others -> parts.view().patterns(control, others));
        Masters masters;
        do {
            // A purge that began on one master and ended on another has emptied neither.
            masters = cache.masters();
            purge.run(gap, former);
        } while (!cache.publish(new Position(origin, contract, slot.confirmedLsn(), now, now), masters, null));
        if (!former.changes().isEmpty()) {
            LOG.warn("purged with it: {}", former.told());
            parts.progress().remapped(former.differences(), now);
        }
        return new StartPoint(slot.confirmedLsn(), origin, masters, slot.confirmedLsn());
    }
}
