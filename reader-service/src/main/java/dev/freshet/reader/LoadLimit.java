// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.reader;

import dev.freshet.support.http.ApiException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * At most so many loads at a time, waiting ones included; more are refused at once. So a database that is down or slow
 * never takes all threads from the reads that the cache can answer. Thread-safe.
 */
final class LoadLimit {
    private final Semaphore permits;

    LoadLimit(int loads) {
        permits = new Semaphore(loads);
    }

    /** @throws ApiException 503 if there is no place */
    <T> T run(Supplier<T> load) {
        if (!permits.tryAcquire()) {
            throw ApiException.unavailable("too many loads from the database at this moment", Duration.ofSeconds(1));
        }
        try {
            return load.get();
        } finally {
            permits.release();
        }
    }
}
