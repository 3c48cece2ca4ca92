// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Keeps a Redis that hangs from costing every read a timeout: after some timeouts in a row no call is let through for a
 * while, then one at a time until one is answered. A closed connection needs no breaker, as its calls fail at once.
 * Thread-safe.
 */
final class CircuitBreaker {
    private final int threshold;
    private final long pauseNanos;
    private final LongSupplier nanoTime;

    private int timeouts;
    private long nextTry;
    private boolean probing;

    CircuitBreaker(int threshold, Duration pause, LongSupplier nanoTime) {
        this.threshold = threshold;
        this.pauseNanos = pause.toNanos();
        this.nanoTime = nanoTime;
    }

    /** Whether a call may be made now. While open, the one that may is the probe. */
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

    /** Notes a call without an answer. True if it was a probe's: Redis is still not there. */
    synchronized boolean timedOut() {
        boolean probe = probing;
        probing = false;
        timeouts++;
        if (timeouts >= threshold) {
            nextTry = nanoTime.getAsLong() + pauseNanos;
        }
        return probe;
    }

    /** Redis answered, be it with an error, or was connected to anew. */
    synchronized void answered() {
        timeouts = 0;
        probing = false;
    }

    synchronized boolean isOpen() {
        return timeouts >= threshold;
    }
}
