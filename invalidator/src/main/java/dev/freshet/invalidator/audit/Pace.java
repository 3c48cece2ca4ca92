// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.audit;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Holds a thread to a rate, and lets another stop it. */
final class Pace {
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final long nanosEach;
    private long next = System.nanoTime();

    Pace(int rate) {
        this.nanosEach = TimeUnit.SECONDS.toNanos(1) / rate;
    }

    /** Returns when so many more may be done; false once it is stopped. */
    boolean await(int count) throws InterruptedException {
        long now = System.nanoTime();
        // What was not used up in time is lost: no bursts.
        next = Math.max(next, now);
        long pause = next - now;
        next += count * nanosEach;
        return !stopped.await(pause, TimeUnit.NANOSECONDS);
    }

    /** False once it is stopped. */
    boolean pause(long millis) throws InterruptedException {
        return !stopped.await(millis, TimeUnit.MILLISECONDS);
    }

    boolean isStopped() {
        return stopped.getCount() == 0;
    }

    void stop() {
        stopped.countDown();
    }
}
