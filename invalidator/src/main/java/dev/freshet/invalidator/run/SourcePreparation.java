// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.core.pipeline.UnreadableException;
import dev.freshet.core.source.SetupException;
import dev.freshet.core.source.Shortcoming;
import dev.freshet.core.source.SlotInfo;
import dev.freshet.postgres.setup.CaptureScope;
import dev.freshet.postgres.setup.Preparation;
import dev.freshet.postgres.setup.SourceInspection;
import dev.freshet.postgres.slot.SlotMove;
import dev.freshet.postgres.slot.Slots;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What PostgreSQL must have before the stream is opened: publication, slot, rights; and the slot free. */
final class SourcePreparation {
    /** PostgreSQL creates a slot only when every transaction that was writing has ended. */
    private static final int MENDING_MILLIS = 600_000;

    private static final long SLOT_POLL_MILLIS = 100;
    private static final int SLOT_POLLS_UNTIL_TERMINATED = 10;

    private static final Logger LOG = LoggerFactory.getLogger(SourcePreparation.class);

    private final RunSettings settings;
    private final RunParts parts;
    private final Connection control;
    private final CaptureScope names;

    SourcePreparation(RunSettings settings, RunParts parts, Connection control) {
        this.settings = settings;
        this.parts = parts;
        this.control = control;
        this.names = RunSettings.names(settings.slot(), settings.publication(), settings.mapping(), parts.planner());
    }

    /** The objects of PostgreSQL that are used. */
    CaptureScope names() {
        return names;
    }

    /** Everything that PostgreSQL lacks, the mapping's needs included. */
    List<Shortcoming> shortcomings(Connection connection) throws SQLException {
        var found = new ArrayList<>(parts.view().shortcomings(connection));
        found.addAll(SourceInspection.inspect(connection, names));
        return found;
    }

    /** Returns whether anything was made or changed. */
    boolean prepare() throws SQLException, InterruptedException {
        List<Shortcoming> lacking = shortcomings(control);
        if (lacking.isEmpty()) {
            return false;
        }
        // Before anything is mended, by Freshet or by an administrator: afterwards nothing shows that changes are
        // missing.
        parts.cache().withdraw();
        if (!parts.view().shortcomings(control).isEmpty()) {
            // All of it at once, so that an administrator need not come back for the rest.
            throw new SetupException(lacking);
        }
        int patience = control.getNetworkTimeout();
        if (lacking.stream().noneMatch(Shortcoming::automatic)) {
            throw new SetupException(lacking);
        }
        parts.lifecycle().mending("repairing publication or slot; creating a slot waits for writing transactions");
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
    SlotInfo awaitFree() throws SQLException, InterruptedException {
        SlotInfo slot = Slots.read(control, settings.slot()).orElseThrow();
        for (int i = 1; slot.activePid() != 0; i++) {
            if (i % SLOT_POLLS_UNTIL_TERMINATED == 0 && !Slots.terminate(control, slot)) {
                String holder = Slots.holder(control, slot);
                if (!holder.isEmpty()) {
                    parts.lifecycle().to(State.SLOT_IN_USE, inUse(slot, holder));
                }
            }
            Thread.sleep(SLOT_POLL_MILLIS);
            slot = Slots.read(control, settings.slot())
                    .orElseThrow(() -> new IllegalStateException("replication slot " + settings.slot() + " is gone"));
        }
        parts.lifecycle().starting();
        return slot;
    }

    private static String inUse(SlotInfo slot, String holder) {
        return "slot " + slot.name() + " is in use by " + holder
                + ", which may belong to another program, so Freshet does not end it. Freshet continues when it ends:"
                + " stop that program, or give Freshet a slot of its own with --slot";
    }

    /**
     * Nothing that comes is worse than a stream that comes no further. The position goes first: once the slot is moved, nothing
     * else tells that changes are missing.
     */
    SlotInfo moveBehind(UnreadableException unreadable, SlotInfo slot) throws SQLException, InterruptedException {
        parts.cache().withdraw();
        int patience = control.getNetworkTimeout();
        parts.lifecycle().mending("moving slot " + slot.name() + " past changes that cannot be read");
        try {
            control.setNetworkTimeout(Runnable::run, MENDING_MILLIS);
            SlotInfo moved = SlotMove.toTheEnd(control, slot.name());
            LOG.warn(
                    "{}; the slot was advanced to {}, and the namespace is purged",
                    unreadable.getMessage(),
                    moved.confirmedLsn());
            return moved;
        } finally {
            control.setNetworkTimeout(Runnable::run, patience);
            parts.lifecycle().starting();
        }
    }
}
