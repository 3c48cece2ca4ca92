// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.answer;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Decides which causes of an outage are logged. A cause is logged when it replaces another, so that the last line is
 * about the present one. If several alternate, none is logged twice within a minute. Thread-safe.
 */
public final class Causes {
    private static final Duration AGAIN = Duration.ofMinutes(1);
    private static final int MOST = 100;

    private final LongSupplier nanoTime;
    private final Map<String, Long> told = new HashMap<>();
    private String last;

    public Causes() {
        this(System::nanoTime);
    }

    Causes(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Whether this cause, now the present one, should be logged. */
    public synchronized boolean isNews(String cause) {
        long now = nanoTime.getAsLong();
        Long before = told.get(cause);
        if (cause.equals(last) || before != null && now - before < AGAIN.toNanos()) {
            return false;
        }
        if (told.size() >= MOST) {
            told.clear();
        }
        last = cause;
        told.put(cause, now);
        return true;
    }

    /** The outage is over. */
    public synchronized void clear() {
        last = null;
        told.clear();
    }
}
