// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * About how often each key was read lately, in little memory: a count-min sketch of two rows, halved now and then so that
 * what was hot long ago cools down. See G. Cormode, S. Muthukrishnan, "An Improved Data Stream Summary: The Count-Min
 * Sketch and its Applications", 2005. Never counts too little but for lost races. Thread-safe.
 */
final class ReadCounts {
    private static final int WIDTH = 1 << 13;
    private static final int READS_A_HALVING = 10 * WIDTH;

    private final AtomicIntegerArray counts = new AtomicIntegerArray(2 * WIDTH);
    private final AtomicInteger reads = new AtomicInteger();

    /** Counts one read and answers how many there were lately, this one included. */
    int add(String key) {
        if (reads.incrementAndGet() == READS_A_HALVING) {
            reads.set(0);
            halve();
        }
        int hash = key.hashCode() * 0x9E3779B9;
        int first = counts.incrementAndGet(hash >>> 19);
        int second = counts.incrementAndGet(WIDTH + (hash & (WIDTH - 1)));
        return Math.min(first, second);
    }

    private void halve() {
        for (int i = 0; i < counts.length(); i++) {
            counts.updateAndGet(i, count -> count / 2);
        }
    }
}
