// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.invalidator.capture.Capture;
import dev.freshet.invalidator.evict.Cache;
import dev.freshet.invalidator.evict.EvictionReport;
import dev.freshet.invalidator.evict.Masters;
import dev.freshet.invalidator.evict.Position;
import dev.freshet.invalidator.plan.Eviction;
import dev.freshet.invalidator.source.CaptureScope;
import dev.freshet.invalidator.source.Gap;
import dev.freshet.invalidator.source.InstanceLock;
import dev.freshet.invalidator.source.Preparation;
import dev.freshet.invalidator.source.PublicationIdentity;
import dev.freshet.invalidator.source.ServerIdentity;
import dev.freshet.invalidator.source.SetupException;
import dev.freshet.invalidator.source.Shortcoming;
import dev.freshet.invalidator.source.SlotInfo;
import dev.freshet.invalidator.source.SlotMove;
import dev.freshet.invalidator.source.SourceInspection;
import dev.freshet.invalidator.visibility.OlderTransactions;
import dev.freshet.protocol.Contract;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What comes before the stream: the lock, what PostgreSQL lacks, and a purge if changes may have been missed. */
final class Preflight {
    /** PostgreSQL makes a slot only when every transaction has ended that was writing. */
    private static final int MENDING_MILLIS = 600_000;

    private static final long STANDBY_POLL_MILLIS = 200;
    private static final int LABEL_POLLS = 10;
    private static final long SLOT_POLL_MILLIS = 100;
    private static final int SLOT_POLLS_UNTIL_TERMINATED = 10;

    private static final Logger LOG = LoggerFactory.getLogger(Preflight.class);

    private final RunSettings settings;
    private final RunParts parts;
    private final Connection control;
    private final CaptureScope names;
    private Contract contract;

    Preflight(RunSettings settings, RunParts parts, Connection control) {
        this.settings = settings;
        this.parts = parts;
        this.control = control;
        this.names = RunSettings.names(settings.slot(), settings.publication(), settings.mapping(), parts.planner());
    }

    /** Slot first, purge second, serve third. */
    StartPoint start() throws SQLException, InterruptedException {
        awaitLock();
        new Ownership(settings, parts, control).claim();
        // Asked for before the look that finds nothing lacking: a change behind that look is noticed by the gate.
        String publication = PublicationIdentity.read(control, names);
        boolean mended = false;
        while (prepare()) {
            mended = true;
            publication = PublicationIdentity.read(control, names);
        }
        SlotInfo slot = awaitFree();
        Optional<UnreadableException> unreadable = due();
        if (unreadable.isPresent()) {
            slot = moveBehind(unreadable.get(), slot);
        }
        ServerIdentity server = ServerIdentity.read(control);
        contract = settings.contract(parts.view().coverage(control));
        Masters masters = parts.cache().masters();
        FormerMapping former = FormerMapping.read(parts.cache(), masters, settings.meaning());
        Optional<Gap> gap = unreadable.isPresent()
                ? unreadable.map(changes -> new Gap(Gap.Kind.UNREADABLE, changes.getMessage()))
                : Gap.find(mended, slot, server, publication, masters);
        if (gap.isEmpty()) {
            gap = former.gap();
        }
        if (gap.isPresent()) {
            StartPoint start = purge(gap.get(), former, slot, server, publication, masters);
            if (unreadable.isPresent()) {
                parts.unreadable().skipped(slot.confirmedLsn(), parts.clock().instant());
                parts.metrics().skipped();
            }
            return start;
        }
        Position known = masters.position().orElseThrow();
        if (!former.isSame()) {
            adopt(former, known, masters);
        }
        return new StartPoint(slot.confirmedLsn(), known.origin(), masters, known.lsn());
    }

    /** Changes to give up, unless another instance has got past them since. */
    private Optional<UnreadableException> due() throws InterruptedException {
        Optional<UnreadableException> due = parts.unreadable().due();
        if (due.isEmpty()) {
            return due;
        }
        boolean read = parts.cache()
                .masters()
                .position()
                .filter(position -> position.lsn().isAfter(due.get().position()))
                .isPresent();
        if (read) {
            parts.unreadable().wereRead();
        }
        return parts.unreadable().due();
    }

    /** What readers are promised, by the tables as they were at the start. */
    Contract contract() {
        return contract;
    }

    /** What of PostgreSQL is used. */
    CaptureScope names() {
        return names;
    }

    private void awaitLock() throws SQLException, InterruptedException {
        boolean rehearsed = false;
        int polls = 0;
        while (!InstanceLock.tryTake(control, settings.slot())) {
            if (polls++ % LABEL_POLLS == 0) {
                checkLabel();
            }
            if (!rehearsed) {
                rehearse();
                rehearsed = true;
            }
            parts.lifecycle().to(State.STANDBY, "another instance works on slot " + settings.slot());
            Thread.sleep(STANDBY_POLL_MILLIS);
        }
        parts.lifecycle().starting();
    }

    /** Whoever has the slot must evict by the same mapping, in the same namespace. */
    private void checkLabel() throws SQLException {
        InstanceLabel own = InstanceLabel.of(settings.meaning());
        Optional<String> refusal = InstanceLock.holder(control, settings.slot())
                .flatMap(InstanceLabel::read)
                .flatMap(other -> own.refusal(other, settings.slot(), settings.takeOver()));
        if (refusal.isPresent()) {
            throw new RefusedException(refusal.get());
        }
    }

    /**
     * Asks for all that a start asks for, and makes nothing of the answers: what a takeover needs is loaded and connected
     * then, which takes most of the time that a start takes.
     */
    private void rehearse() throws SQLException, InterruptedException {
        shortcomings(control);
        PublicationIdentity.read(control, names);
        SlotInfo.read(control, settings.slot());
        ServerIdentity.read(control);
        parts.cache().masters();
        Capture.rehearse(settings.capture());
    }

    /** Everything that PostgreSQL lacks, the mapping's needs included. */
    List<Shortcoming> shortcomings(Connection connection) throws SQLException {
        var found = new ArrayList<>(parts.view().shortcomings(connection));
        found.addAll(SourceInspection.inspect(connection, names));
        return found;
    }

    /** Returns whether anything was made or changed. */
    private boolean prepare() throws SQLException, InterruptedException {
        List<Shortcoming> lacking = shortcomings(control);
        if (lacking.isEmpty()) {
            return false;
        }
        // Before anything is mended, by us or by an administrator: once it is, nothing else tells that changes are
        // missing.
        parts.cache().withdraw();
        if (!parts.view().shortcomings(control).isEmpty()) {
            // All of it, so that whoever mends it need not come back for the rest.
            throw new SetupException(lacking);
        }
        int patience = control.getNetworkTimeout();
        if (lacking.stream().noneMatch(Shortcoming::automatic)) {
            throw new SetupException(lacking);
        }
        parts.lifecycle().mending("mending publication or slot; a slot waits for transactions that write");
        try {
            control.setNetworkTimeout(Runnable::run, MENDING_MILLIS);
            return Preparation.prepare(control, names);
        } finally {
            control.setNetworkTimeout(Runnable::run, patience);
            parts.lifecycle().starting();
        }
    }

    /**
     * After a failure the server may hold the slot for a moment longer; for long, if the network was cut. As the lock is
     * ours, a stream of Freshet's is then what is left of an earlier run, and ended. Any other consumer is waited for.
     */
    private SlotInfo awaitFree() throws SQLException, InterruptedException {
        SlotInfo slot = SlotInfo.read(control, settings.slot()).orElseThrow();
        for (int i = 1; slot.activePid() != 0; i++) {
            if (i % SLOT_POLLS_UNTIL_TERMINATED == 0 && !slot.terminate(control)) {
                String holder = slot.holder(control);
                if (!holder.isEmpty()) {
                    parts.lifecycle().to(State.SLOT_IN_USE, inUse(slot, holder));
                }
            }
            Thread.sleep(SLOT_POLL_MILLIS);
            slot = SlotInfo.read(control, settings.slot())
                    .orElseThrow(() -> new IllegalStateException("replication slot " + settings.slot() + " is gone"));
        }
        parts.lifecycle().starting();
        return slot;
    }

    private static String inUse(SlotInfo slot, String holder) {
        return "slot " + slot.name() + " is in use by " + holder
                + ", which Freshet cannot prove to be its own and does not end. This goes on when it ends: stop that program,"
                + " or give Freshet a slot of its own with --slot";
    }

    /**
     * Evicts what the former mapping may have left stale, and publishes the new one then: whoever breaks off in between finds
     * the former one again. All that it ignored is visible, as the gate lets nothing through before.
     */
    private void adopt(FormerMapping former, Position known, Masters masters) throws InterruptedException {
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
        LOG.info("{} entries and {} keys went", report.entries(), report.keys());
        parts.lifecycle().to(State.STARTING, null);
    }

    /**
     * Nothing that comes is worse than a stream that comes no further. The position goes first: once the slot is moved, nothing
     * else tells that changes are missing.
     */
    private SlotInfo moveBehind(UnreadableException unreadable, SlotInfo slot)
            throws SQLException, InterruptedException {
        parts.cache().withdraw();
        int patience = control.getNetworkTimeout();
        parts.lifecycle().mending("moving slot " + slot.name() + " behind changes that cannot be read");
        try {
            control.setNetworkTimeout(Runnable::run, MENDING_MILLIS);
            SlotInfo moved = SlotMove.toTheEnd(control, slot.name());
            LOG.warn(
                    "{}; the slot was moved on to {}, and the namespace is purged",
                    unreadable.getMessage(),
                    moved.confirmedLsn());
            return moved;
        } finally {
            control.setNetworkTimeout(Runnable::run, patience);
            parts.lifecycle().starting();
        }
    }

    private StartPoint purge(
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
                parts.metrics(),
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
