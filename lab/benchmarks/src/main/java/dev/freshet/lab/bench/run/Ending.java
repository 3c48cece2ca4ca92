// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.run;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Whether Ctrl-C or a signal is ending this process. Its servers and subjects are ended then, youngest first, so whatever
 * fails meanwhile is no failure. Thread-safe.
 */
public final class Ending {
    private static final Deque<Runnable> LAST_WORDS = new ArrayDeque<>();
    private static boolean watched;
    private static volatile boolean begun;

    private Ending() {}

    /** What is still to be said if the end comes. Closing takes it back. */
    public interface LastWords extends AutoCloseable {
        @Override
        void close();
    }

    /** Has the end noticed. */
    public static synchronized void watch() {
        if (!watched) {
            watched = true;
            Runtime.getRuntime().addShutdownHook(new Thread(Ending::begin, "bench-ending"));
        }
    }

    /** @param report is called if the end comes before the result is closed; the youngest first */
    public static synchronized LastWords watch(Runnable report) {
        watch();
        LAST_WORDS.push(report);
        return () -> forget(report);
    }

    private static synchronized void forget(Runnable report) {
        LAST_WORDS.remove(report);
    }

    private static synchronized void begin() {
        begun = true;
        while (!LAST_WORDS.isEmpty()) {
            LAST_WORDS.pop().run();
        }
    }

    public static boolean hasBegun() {
        return begun;
    }
}
