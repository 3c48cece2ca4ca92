// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.audit;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Limits the rate of a thread, and lets another thread stop it. */
final class RateLimit {
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final long nanosEach;
    private long next = System.nanoTime();

    RateLimit(int rate) {
        this.nanosEach = TimeUnit.SECONDS.toNanos(1) / rate;
    }

    /** Returns when {@code count} more items may be processed; false if stopped. */
    boolean await(int count) throws InterruptedException {
        long now = System.nanoTime();
        // Unused time is not saved up, so there are no bursts.
        next = Math.max(next, now);
        long pause = next - now;
        next += count * nanosEach;
        return !stopped.await(pause, TimeUnit.NANOSECONDS);
    }

    /** Waits. Returns false if stopped. */
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
