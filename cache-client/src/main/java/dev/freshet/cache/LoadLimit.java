// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Limits how many loads run at a time. Further loads wait for a while and are then refused, so that a cold or
 * unreachable cache cannot bring the database down. Thread-safe.
 */
final class LoadLimit {
    /** No limit. */
    static final LoadLimit NONE = new LoadLimit(Integer.MAX_VALUE, Duration.ZERO);

    private final int most;
    private final Duration patience;
    private final Semaphore places;

    LoadLimit(int most, Duration patience) {
        this.most = most;
        this.patience = patience;
        this.places = new Semaphore(most, true);
    }

    /** @throws TooManyLoadsException if no place becomes free in time */
    <X extends Exception> Loaded run(Loader<X> loader) throws X, InterruptedException {
        if (!places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new TooManyLoadsException(most, patience);
        }
        try {
            return loader.load();
        } finally {
            places.release();
        }
    }
}
