// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.invalidator.run.source.Source;
import dev.freshet.invalidator.run.source.SourceSession;
import dev.freshet.invalidator.run.start.CrashLoopGuard;
import dev.freshet.invalidator.run.start.Hold;
import dev.freshet.invalidator.run.start.Ownership;
import dev.freshet.invalidator.run.start.PauseWantedException;
import dev.freshet.invalidator.run.start.Preflight;
import dev.freshet.invalidator.run.start.Start;
import dev.freshet.invalidator.run.stream.Streaming;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of the stream: from taking the lock to the first failure. Whatever happens, the next run starts from the slot.
 *
 * <p>A session that takes another one's place, with another mapping, does not inherit its lock, so that another instance
 * may take over in that moment. The lock belongs to a connection, and by the name of that connection, which cannot be
 * changed together with the mapping, other instances tell by which mapping the holder evicts. If they all have the new
 * mapping by then, it does not matter which of them goes on.
 */
final class Session implements Attempt {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final Source source;
    private final Preflight preflight;
    private final Ownership ownership;
    private final CrashLoopGuard crashes;
    private final Streaming streaming;
    private final Hold hold;

    Session(
            Source source,
            Preflight preflight,
            Ownership ownership,
            CrashLoopGuard crashes,
            Streaming streaming,
            Hold hold) {
        this.source = source;
        this.preflight = preflight;
        this.ownership = ownership;
        this.crashes = crashes;
        this.streaming = streaming;
        this.hold = hold;
    }

    @Override
    public void run() throws InterruptedException {
        try (SourceSession control = source.connect()) {
            while (true) {
                try {
                    stream(control);
                } catch (PauseWantedException e) {
                    LOG.debug("the start is broken off: {}", e.getMessage());
                }
                // The lock stays ours meanwhile. Then all is looked at anew, as after any start.
                hold.await(control);
            }
        }
    }

    /** Returns when a pause is wanted. */
    private void stream(SourceSession control) throws InterruptedException {
        Start start = preflight.start(control);
        ownership.settle();
        try {
            crashes.begin(start.point());
            streaming.run(control, start);
        } catch (RuntimeException | InterruptedException e) {
            crashes.end();
            throw e;
        }
        crashes.end();
    }
}
