// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.invalidator.run.settings.RunSettings;
import java.util.function.Function;

/**
 * Runs one session after another, each with the settings that are in force when it begins. Settings can be replaced from
 * any thread; the session that runs then notices by {@link #isReplaced} and ends by itself.
 */
final class Sessions implements Attempt {
    private final Function<RunSettings, Attempt> factory;
    private volatile RunSettings wanted;
    private volatile RunSettings used;
    private Attempt session;

    /** @param factory called in the thread that runs the sessions, once for each settings */
    Sessions(RunSettings first, Function<RunSettings, Attempt> factory) {
        this.factory = factory;
        this.wanted = first;
        this.used = first;
    }

    @Override
    public void run() throws InterruptedException {
        RunSettings now = wanted;
        if (session == null || now != used) {
            session = factory.apply(now);
            used = now;
        }
        session.run();
    }

    /** The settings of the last session that was begun. */
    RunSettings used() {
        return used;
    }

    /** The settings of the next session. */
    RunSettings wanted() {
        return wanted;
    }

    void replace(RunSettings next) {
        wanted = next;
    }

    /** Whether a session with these settings has to end. */
    boolean isReplaced(RunSettings settings) {
        return wanted != settings;
    }
}
