// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.start;

import dev.freshet.core.cache.Cache;
import dev.freshet.invalidator.run.source.SourceSession;
import dev.freshet.invalidator.run.source.Time;
import dev.freshet.invalidator.run.status.Lifecycle;
import dev.freshet.invalidator.run.status.State;
import dev.freshet.model.finding.DatabaseCode;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Waits until the slot is ours: until then another instance works on it, and this one stands by. */
public final class Standby {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int LABEL_POLLS = 10;

    private final InstanceLabel own;
    private final String slot;
    private final boolean otherMappingAllowed;
    private final BooleanSupplier replaced;
    private final Cache cache;
    private final Lifecycle lifecycle;
    private final Time time;

    /**
     * @param otherMappingAllowed whether to stand by for an instance with another mapping
     * @param replaced whether another session is to take this one's place
     */
    public Standby(
            InstanceLabel own,
            String slot,
            boolean otherMappingAllowed,
            BooleanSupplier replaced,
            Cache cache,
            Lifecycle lifecycle,
            Time time) {
        this.own = own;
        this.slot = slot;
        this.otherMappingAllowed = otherMappingAllowed;
        this.replaced = replaced;
        this.cache = cache;
        this.lifecycle = lifecycle;
        this.time = time;
    }

    /**
     * @throws RefusedException if the instance that has the slot evicts by another mapping, or in another namespace
     * @throws ReplacedException if another session is to take this one's place
     */
    void awaitLock(SourceSession source) throws InterruptedException {
        boolean rehearsed = false;
        int polls = 0;
        while (!source.tryLock()) {
            if (replaced.getAsBoolean()) {
                throw new ReplacedException();
            }
            if (polls++ % LABEL_POLLS == 0) {
                checkLabel(source);
            }
            if (!rehearsed) {
                rehearse(source);
                rehearsed = true;
            }
            lifecycle.to(State.STANDBY, "another instance works on slot " + slot);
            time.sleep(POLL);
        }
        lifecycle.starting();
    }

    private void checkLabel(SourceSession source) {
        Optional<String> refusal = source.lockHolder()
                .flatMap(InstanceLabel::read)
                .flatMap(other -> own.refusal(other, slot, otherMappingAllowed));
        if (refusal.isPresent()) {
            throw new RefusedException(DatabaseCode.OTHER_INSTANCE, refusal.get());
        }
    }

    /**
     * Asks for all that a start asks for, and makes nothing of the answers: what a takeover needs is loaded and connected
     * then, which takes most of the time that a start takes.
     */
    private void rehearse(SourceSession source) throws InterruptedException {
        source.mappingShortcomings();
        source.sourceShortcomings();
        source.publication();
        source.slot();
        source.server();
        cache.masters();
        source.rehearse();
    }
}
