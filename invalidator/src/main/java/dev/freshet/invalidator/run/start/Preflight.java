// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.start;

import dev.freshet.core.cache.Cache;
import dev.freshet.core.cache.Masters;
import dev.freshet.core.cache.Position;
import dev.freshet.core.pipeline.FormerMapping;
import dev.freshet.core.pipeline.Gap;
import dev.freshet.core.pipeline.StartPoint;
import dev.freshet.core.pipeline.UnreadableException;
import dev.freshet.core.pipeline.Withdrawal;
import dev.freshet.core.source.ServerIdentity;
import dev.freshet.core.source.SlotInfo;
import dev.freshet.invalidator.run.source.SourceSession;
import dev.freshet.model.meaning.Meaning;
import dev.freshet.protocol.Contract;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What comes before the stream, in its order: the lock, the namespace, the source, and a purge if changes may have been missed. */
public final class Preflight {
    private static final Logger LOG = LoggerFactory.getLogger(Preflight.class);

    private final Standby standby;
    private final Hold hold;
    private final Ownership ownership;
    private final SourcePreparation preparation;
    private final SkipAhead skipAhead;
    private final StartPurge startPurge;
    private final Cache cache;
    private final Withdrawal withdrawal;
    private final Meaning mapping;
    private final String publisher;
    private final boolean commitsLast;
    private final BooleanSupplier replaced;

    /**
     * @param publisher the name of this process, which readers are told
     * @param commitsLast whether no commit is lost when a standby is promoted
     * @param replaced whether another session is to take this one's place
     */
    public Preflight(
            Standby standby,
            Hold hold,
            Ownership ownership,
            SourcePreparation preparation,
            SkipAhead skipAhead,
            StartPurge startPurge,
            Cache cache,
            Withdrawal withdrawal,
            Meaning mapping,
            String publisher,
            boolean commitsLast,
            BooleanSupplier replaced) {
        this.standby = standby;
        this.hold = hold;
        this.ownership = ownership;
        this.preparation = preparation;
        this.skipAhead = skipAhead;
        this.startPurge = startPurge;
        this.cache = cache;
        this.withdrawal = withdrawal;
        this.mapping = mapping;
        this.publisher = publisher;
        this.commitsLast = commitsLast;
        this.replaced = replaced;
    }

    /**
     * Slot first, purge second, serve third.
     *
     * @throws PauseWantedException if a pause is wanted while it waits for something
     * @throws RefusedException if this instance may not run as configured, because of another one
     * @throws dev.freshet.core.source.SetupException if the source lacks something that only a person can give
     */
    public Start start(SourceSession source) throws InterruptedException {
        standby.awaitLock(source);
        hold.await(source);
        if (replaced.getAsBoolean()) {
            // Nothing more is done by a mapping that was replaced during a pause.
            throw new ReplacedException();
        }
        ownership.claim(source);
        // Asked for before the look that finds nothing lacking: a change behind that look is noticed by the gate.
        String publication = source.publication();
        boolean mended = false;
        while (preparation.prepare(source)) {
            mended = true;
            publication = source.publication();
        }
        SlotInfo slot = preparation.awaitFree(source);
        Optional<UnreadableException> unreadable = skipAhead.due();
        if (unreadable.isPresent()) {
            slot = skipAhead.moveSlot(unreadable.get(), slot, source);
        }
        ServerIdentity server = source.server();
        var contract = new Contract(publisher, mapping.hash(), source.coverage());
        Masters masters = cache.masters();
        FormerMapping former = FormerMapping.read(cache, masters, mapping);
        // Writing transactions, the slot, or Redis may have been waited for.
        hold.check();
        Optional<Gap> gap = unreadable.isPresent()
                ? unreadable.map(SkipAhead::gap)
                : Gap.find(mended, slot, server, publication, masters, commitsLast)
                        .map(withdrawal::reason);
        if (gap.isEmpty()) {
            gap = former.gap();
        }
        var found = new Findings(slot, server, publication, masters, contract);
        if (gap.isPresent()) {
            StartPoint start = startPurge.purge(gap.get(), former, found, source);
            if (unreadable.isPresent()) {
                skipAhead.purged(slot.confirmedLsn());
            }
            return new Start(start, contract);
        }
        withdrawal.ended();
        Position known = masters.position().orElseThrow();
        Position.Origin origin = known.origin().on(server.timeline());
        if (!origin.equals(known.origin())) {
            LOG.info(
                    "no purge: the standby that was promoted has the slot, and all that was evicted up to {} on timeline {}",
                    known.lsn(),
                    known.origin().timeline());
        }
        if (!former.isSame()) {
            startPurge.adopt(former, known, origin, found, source);
        }
        return new Start(new StartPoint(slot.confirmedLsn(), origin, masters, known.lsn()), contract);
    }
}
