// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.start;

import dev.freshet.core.pipeline.Gap;
import dev.freshet.core.pipeline.Withdrawal;
import dev.freshet.core.source.SetupException;
import dev.freshet.core.source.Shortcoming;
import dev.freshet.core.source.SlotInfo;
import dev.freshet.invalidator.run.source.Preparations;
import dev.freshet.invalidator.run.source.SlotControl;
import dev.freshet.invalidator.run.source.Time;
import dev.freshet.invalidator.run.status.Lifecycle;
import dev.freshet.invalidator.run.status.State;
import dev.freshet.model.finding.DatabaseCode;
import dev.freshet.model.finding.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What PostgreSQL must have before the stream is opened: publication, slot, rights; and the slot free. */
public final class SourcePreparation {
    private static final Duration SLOT_POLL = Duration.ofMillis(100);
    private static final int SLOT_POLLS_UNTIL_TERMINATED = 10;

    private final Withdrawal withdrawal;
    private final Lifecycle lifecycle;
    private final Hold hold;
    private final Time time;

    public SourcePreparation(Withdrawal withdrawal, Lifecycle lifecycle, Hold hold, Time time) {
        this.withdrawal = withdrawal;
        this.hold = hold;
        this.lifecycle = lifecycle;
        this.time = time;
    }

    /** Returns whether anything was made or changed. */
    boolean prepare(Preparations source) throws InterruptedException {
        List<Shortcoming> ofMapping = source.mappingShortcomings();
        var lacking = new ArrayList<>(ofMapping);
        lacking.addAll(source.sourceShortcomings());
        if (lacking.isEmpty()) {
            return false;
        }
        // Before anything is mended, by Freshet or by an administrator: afterwards nothing shows that changes are
        // missing.
        withdrawal.because(new Gap(Gap.Kind.SOURCE_MENDED, "the database lacked something: " + lacking.get(0)));
        if (!ofMapping.isEmpty() || lacking.stream().noneMatch(Shortcoming::automatic)) {
            // All of it at once, so that an administrator need not come back for the rest.
            throw new SetupException(lacking);
        }
        lifecycle.mending("repairing publication or slot; creating a slot waits for writing transactions");
        try {
            return source.mend();
        } finally {
            lifecycle.starting();
        }
    }

    /**
     * After a failure the server may hold the slot for a moment longer; for long, if the network was cut. As the lock is
     * ours, a stream of Freshet's is then what is left of an earlier run, and ended. Any other consumer is waited for.
     *
     * @throws PauseWantedException if a pause is wanted meanwhile
     */
    SlotInfo awaitFree(SlotControl source) throws InterruptedException {
        SlotInfo slot = source.slot().orElseThrow();
        String name = slot.name();
        for (int i = 1; slot.activePid() != 0; i++) {
            if (i % SLOT_POLLS_UNTIL_TERMINATED == 0 && !source.endStream(slot)) {
                String holder = source.streamHolder(slot);
                if (!holder.isEmpty()) {
                    lifecycle.to(State.SLOT_IN_USE, inUse(slot, holder));
                }
            }
            hold.check();
            time.sleep(SLOT_POLL);
            slot = source.slot().orElseThrow(() -> new IllegalStateException("replication slot " + name + " is gone"));
        }
        lifecycle.starting();
        return slot;
    }

    private static String inUse(SlotInfo slot, String holder) {
        return Finding.text(
                DatabaseCode.SLOT_OF_OTHERS,
                "slot " + slot.name() + " is in use by " + holder
                        + ", which may belong to another program, so Freshet does not end it. Freshet continues when it ends:"
                        + " stop that program, or give Freshet a slot of its own with --slot");
    }
}
