// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.start;

import dev.freshet.core.cache.Cache;
import dev.freshet.core.pipeline.Gap;
import dev.freshet.core.pipeline.UnreadableException;
import dev.freshet.core.pipeline.Withdrawal;
import dev.freshet.core.source.SlotInfo;
import dev.freshet.invalidator.run.source.SlotControl;
import dev.freshet.invalidator.run.source.Time;
import dev.freshet.invalidator.run.status.Lifecycle;
import dev.freshet.invalidator.run.status.RunListener;
import dev.freshet.protocol.Lsn;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Skips changes that were given up. One thread. */
public final class SkipAhead {
    private static final Logger LOG = LoggerFactory.getLogger(SkipAhead.class);

    private final UnreadableChanges unreadable;
    private final Cache cache;
    private final Withdrawal withdrawal;
    private final Lifecycle lifecycle;
    private final RunListener listener;
    private final Time time;

    public SkipAhead(
            UnreadableChanges unreadable,
            Cache cache,
            Withdrawal withdrawal,
            Lifecycle lifecycle,
            RunListener listener,
            Time time) {
        this.unreadable = unreadable;
        this.cache = cache;
        this.withdrawal = withdrawal;
        this.lifecycle = lifecycle;
        this.listener = listener;
        this.time = time;
    }

    /** Changes to give up, unless another instance has got past them since. */
    Optional<UnreadableException> due() throws InterruptedException {
        Optional<UnreadableException> due = unreadable.due();
        if (due.isEmpty()) {
            return due;
        }
        boolean read = cache.masters()
                .position()
                .filter(position -> position.lsn().isAfter(due.get().position()))
                .isPresent();
        if (read) {
            unreadable.wereRead();
        }
        return unreadable.due();
    }

    /**
     * Nothing that comes is worse than a stream that comes no further. The position goes first: once the slot is moved, nothing
     * else tells that changes are missing.
     */
    SlotInfo moveSlot(UnreadableException changes, SlotInfo slot, SlotControl source) throws InterruptedException {
        withdrawal.because(gap(changes));
        lifecycle.mending("moving slot " + slot.name() + " past changes that cannot be read");
        try {
            SlotInfo moved = source.moveSlotToTheEnd();
            LOG.warn(
                    "{}; the slot was advanced to {}, and the namespace is purged",
                    changes.getMessage(),
                    moved.confirmedLsn());
            return moved;
        } finally {
            lifecycle.starting();
        }
    }

    /** Why the namespace is purged instead. */
    static Gap gap(UnreadableException changes) {
        return new Gap(Gap.Kind.UNREADABLE, changes.getMessage());
    }

    /** The namespace is purged, and the stream goes on from here. */
    void purged(Lsn resumed) {
        unreadable.skipped(resumed, time.now());
        listener.gaveUp();
    }
}
