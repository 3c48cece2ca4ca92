// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.warming;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Approximately how often each key was read recently, in little memory: a count-min sketch of two rows. The counts are
 * halved every minute, and sooner if there are many reads, so that formerly hot keys cool down. Never counts too low,
 * except for lost races. See G. Cormode, S. Muthukrishnan, "An Improved Data Stream Summary: The Count-Min Sketch and
 * its Applications", 2005. Thread-safe.
 */
final class ReadCounts {
    private static final int WIDTH = 1 << 13;
    private static final int READS_A_HALVING = 10 * WIDTH;

    private static final long HALVING_NANOS = Duration.ofMinutes(1).toNanos();

    private final AtomicIntegerArray counts = new AtomicIntegerArray(2 * WIDTH);
    private final AtomicInteger reads = new AtomicInteger();
    private final LongSupplier nanoTime;
    private final AtomicLong halvedAt;

    ReadCounts(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.halvedAt = new AtomicLong(nanoTime.getAsLong());
    }

    /** Counts one read. Returns the number of recent reads of the key, including this one. */
    int add(String key) {
        cool();
        if (reads.incrementAndGet() == READS_A_HALVING) {
            reads.set(0);
            halve(1);
        }
        int hash = hash(key);
        return Math.min(counts.incrementAndGet(first(hash)), counts.incrementAndGet(second(hash)));
    }

    /** The number of recent reads of the key. */
    int of(String key) {
        cool();
        int hash = hash(key);
        return Math.min(counts.get(first(hash)), counts.get(second(hash)));
    }

    private static int hash(String key) {
        return key.hashCode() * 0x9E3779B9;
    }

    private static int first(int hash) {
        return hash >>> 19;
    }

    private static int second(int hash) {
        return WIDTH + (hash & (WIDTH - 1));
    }

    private void cool() {
        long last = halvedAt.get();
        long times = (nanoTime.getAsLong() - last) / HALVING_NANOS;
        if (times > 0 && halvedAt.compareAndSet(last, last + times * HALVING_NANOS)) {
            halve((int) Math.min(times, Integer.SIZE - 1));
        }
    }

    private void halve(int times) {
        for (int i = 0; i < counts.length(); i++) {
            counts.updateAndGet(i, count -> count >>> times);
        }
    }
}
