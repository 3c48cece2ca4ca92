// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.start;

import dev.freshet.invalidator.run.source.SlotControl;
import dev.freshet.invalidator.run.source.Time;
import dev.freshet.invalidator.run.status.Lifecycle;
import dev.freshet.invalidator.run.status.Pause;
import dev.freshet.invalidator.run.status.RunListener;
import dev.freshet.invalidator.run.status.State;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds still while an operator wants a pause: nothing is read, evicted, published or acknowledged. The slot's lock is
 * kept, so that no standby goes on instead.
 */
public final class Hold {
    private static final Logger LOG = LoggerFactory.getLogger(Hold.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int POLLS_UNTIL_A_LOOK = 5;
    private static final String REASON =
            "an operator paused evictions; PostgreSQL keeps all WAL for the slot meanwhile,"
                    + " and readers see the position age. Go on with 'freshet resume'";

    private final Pause pause;
    private final Lifecycle lifecycle;
    private final RunListener listener;
    private final Time time;

    public Hold(Pause pause, Lifecycle lifecycle, RunListener listener, Time time) {
        this.pause = pause;
        this.lifecycle = lifecycle;
        this.listener = listener;
        this.time = time;
    }

    /** @throws PauseWantedException if a pause is wanted. For a start, which has the lock and waits for something else */
    void check() {
        if (pause.isWanted()) {
            throw new PauseWantedException();
        }
    }

    /** Returns when no pause is wanted. The caller has the lock. Looks at the slot now and then, as to notice if it lost that. */
    public void await(SlotControl source) throws InterruptedException {
        if (!pause.isWanted()) {
            return;
        }
        lifecycle.to(State.PAUSED, REASON);
        for (int polls = 0; pause.isWanted(); polls++) {
            if (polls % POLLS_UNTIL_A_LOOK == 0) {
                source.slot().ifPresent(listener::looked);
            }
            time.sleep(POLL);
        }
        LOG.info("the pause is over");
        lifecycle.starting();
    }
}
