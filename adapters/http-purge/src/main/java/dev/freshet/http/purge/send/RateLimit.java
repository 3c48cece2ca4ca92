// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.http.purge.send;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A token bucket: so many requests a minute, of which those of one second, at least one, may go at once. One thread. */
public final class RateLimit {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final int SECONDS = 60;

    private final long interval;
    private final long burst;
    private final LongSupplier nanoTime;
    /** When the next request would go if all kept the interval. */
    private long due;

    /**
     * @param perMinute 0 for no limit
     * @param nanoTime a monotonic clock
     */
    public RateLimit(int perMinute, LongSupplier nanoTime) {
        this.interval = perMinute == 0 ? 0 : MINUTE / perMinute;
        this.burst = interval * Math.max(0, perMinute / SECONDS - 1);
        this.nanoTime = nanoTime;
        this.due = nanoTime.getAsLong();
    }

    /** How long to wait before the next request, which is counted. */
    public Duration next() {
        long now = nanoTime.getAsLong();
        if (due - now < 0) {
            due = now;
        }
        long wait = due - now - burst;
        due += interval;
        return wait > 0 ? Duration.ofNanos(wait) : Duration.ZERO;
    }
}
