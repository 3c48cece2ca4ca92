// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts loads, and runs something in the middle of each, after it has read. */
final class Loads {
    private final AtomicInteger count = new AtomicInteger();
    private volatile Runnable middle = () -> {};

    void read() {
        count.incrementAndGet();
        middle.run();
    }

    int count() {
        return count.get();
    }

    void inTheMiddle(Runnable run) {
        middle = run;
    }
}
