// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.flight;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Limits how many loads run at a time. Further loads wait for a while and are then refused, so that a cold or
 * unreachable cache cannot bring the database down. Thread-safe.
 */
public final class LoadLimit {
    /** No limit. */
    public static final LoadLimit NONE = new LoadLimit(Integer.MAX_VALUE, Duration.ZERO);

    private final int most;
    private final Duration patience;
    private final Semaphore places;

    public LoadLimit(int most, Duration patience) {
        this.most = most;
        this.patience = patience;
        this.places = new Semaphore(most, true);
    }

    /** Waits for a place. Returns false if none becomes free in time; else {@link #leave()} must follow. */
    public boolean enter() throws InterruptedException {
        return places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Gives the place back. */
    public void leave() {
        places.release();
    }

    /** How many loads may run at a time. */
    public int most() {
        return most;
    }

    /** How long a load waits for a place. */
    public Duration patience() {
        return patience;
    }
}
