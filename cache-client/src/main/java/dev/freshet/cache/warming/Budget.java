// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.warming;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A rate limit: so many permits a second, and at most one second's worth at once. Thread-safe. */
public final class Budget {
    private final int perSecond;
    private final LongSupplier nanoTime;
    private double left;
    private long counted;

    public Budget(int perSecond, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.nanoTime = nanoTime;
        this.left = perSecond;
        this.counted = nanoTime.getAsLong();
    }

    /** Takes a permit if one is left. Returns whether it did. */
    public synchronized boolean take() {
        long now = nanoTime.getAsLong();
        left = Math.min(perSecond, left + (double) (now - counted) * perSecond / TimeUnit.SECONDS.toNanos(1));
        counted = now;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}
