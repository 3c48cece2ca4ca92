// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.debezium.Capture;
import dev.freshet.postgres.connection.InstanceLock;
import dev.freshet.postgres.connection.JdbcServerIdentity;
import dev.freshet.postgres.setup.PublicationIdentity;
import dev.freshet.postgres.slot.Slots;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Waits until the slot is ours: until then another instance works on it, and this one stands by. */
final class Standby {
    private static final long POLL_MILLIS = 200;
    private static final int LABEL_POLLS = 10;

    private final RunSettings settings;
    private final RunParts parts;
    private final Connection control;
    private final SourcePreparation source;

    Standby(RunSettings settings, RunParts parts, Connection control, SourcePreparation source) {
        this.settings = settings;
        this.parts = parts;
        this.control = control;
        this.source = source;
    }

    void awaitLock() throws SQLException, InterruptedException {
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
            Thread.sleep(POLL_MILLIS);
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
        source.shortcomings(control);
        PublicationIdentity.read(control, source.names());
        Slots.read(control, settings.slot());
        JdbcServerIdentity.read(control);
        parts.cache().masters();
        Capture.rehearse(settings.capture());
    }
}
