// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.store;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Keeps a hung Redis from costing every read a timeout. After some timeouts in a row the breaker is open: no call is
 * permitted for a pause, then one call per pause as a probe, until a call is answered. A closed connection needs no
 * breaker, as its calls fail at once. Thread-safe.
 */
public final class CircuitBreaker {
    private final int threshold;
    private final long pauseNanos;
    private final LongSupplier nanoTime;

    private int timeouts;
    private long nextTry;
    private boolean probing;

    public CircuitBreaker(int threshold, Duration pause, LongSupplier nanoTime) {
        this.threshold = threshold;
        this.pauseNanos = pause.toNanos();
        this.nanoTime = nanoTime;
    }

    /** Whether a call may be made now. While the breaker is open, the permitted call is the probe. */
    synchronized boolean permits() {
        if (timeouts < threshold) {
            return true;
        }
        long now = nanoTime.getAsLong();
        if (now - nextTry < 0) {
            return false;
        }
        nextTry = now + pauseNanos;
        probing = true;
        return true;
    }

    /** Records a timeout. Returns whether the probe was under way: then Redis is still down. */
    synchronized boolean timedOut() {
        boolean probe = probing;
        probing = false;
        timeouts++;
        if (timeouts >= threshold) {
            nextTry = nanoTime.getAsLong() + pauseNanos;
        }
        return probe;
    }

    /** Closes the breaker: Redis answered, even if with an error, or a connection was made. */
    public synchronized void answered() {
        timeouts = 0;
        probing = false;
    }

    public synchronized boolean isOpen() {
        return timeouts >= threshold;
    }
}
