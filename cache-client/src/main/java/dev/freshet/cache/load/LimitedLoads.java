// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.load;

import dev.freshet.cache.flight.LoadLimit;
import java.util.function.Supplier;

/** Runs loads, not too many at a time, and measures them. Thread-safe. */
public final class LimitedLoads {
    private static final ThreadLocal<Boolean> UNDER_WAY = ThreadLocal.withInitial(() -> false);

    private final LoadLimit limit;
    private final Supplier<RuntimeException> tooMany;
    private final CacheMetrics metrics;

    /** @param tooMany made, and thrown, where the limit allows no further load */
    public LimitedLoads(LoadLimit limit, Supplier<RuntimeException> tooMany, CacheMetrics metrics) {
        this.limit = limit;
        this.tooMany = tooMany;
        this.metrics = metrics;
    }

    /** A load of one value or of several. */
    @FunctionalInterface
    public interface Work<R, X extends Exception> {
        /** Never answers null. */
        R run() throws X;
    }

    /** Runs a load, if there is a place for one more. */
    public <R, X extends Exception> R run(Work<R, X> load) throws X, InterruptedException {
        if (!limit.enter()) {
            metrics.loadRefused();
            throw tooMany.get();
        }
        try {
            return timed(load);
        } finally {
            limit.leave();
        }
    }

    /**
     * Whether this thread runs a load. What it reads from caches meanwhile becomes part of a value that is stored as if
     * it had been read from the database, so memory, which may be behind, must not answer.
     */
    public static boolean isUnderWay() {
        return UNDER_WAY.get();
    }

    private <R, X extends Exception> R timed(Work<R, X> load) throws X {
        long start = System.nanoTime();
        boolean outer = UNDER_WAY.get();
        UNDER_WAY.set(true);
        R loaded = null;
        try {
            loaded = load.run();
            return loaded;
        } finally {
            if (outer) {
                UNDER_WAY.set(true);
            } else {
                UNDER_WAY.remove();
            }
            long nanos = System.nanoTime() - start;
            if (loaded == null) {
                metrics.loadFailed(nanos);
            } else {
                metrics.loaded(nanos);
            }
        }
    }
}
