// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.source;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Time, as a run sees it, and what goes on beside the run. Thread-safe. */
public interface Time {
    /** The time of this machine. */
    Time SYSTEM = new Time() {
        private final Clock clock = Clock.systemUTC();

        @Override
        public Clock clock() {
            return clock;
        }

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void sleep(Duration pause) throws InterruptedException {
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
        }
    };

    /** For points in time. */
    Clock clock();

    /** For durations: nanoseconds since any one moment, never running backwards. */
    long nanoTime();

    void sleep(Duration pause) throws InterruptedException;

    /** A new thread of this name, which the caller shuts down. */
    default ExecutorService beside(String thread) {
        return Executors.newSingleThreadExecutor(work -> {
            var daemon = new Thread(work, thread);
            daemon.setDaemon(true);
            return daemon;
        });
    }

    default Instant now() {
        return clock().instant();
    }
}
