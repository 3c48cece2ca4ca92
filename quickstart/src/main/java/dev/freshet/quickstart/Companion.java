// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart;

import java.util.concurrent.atomic.AtomicReference;

/** A second reader. It reads one resolved context continuously and compares each response with the floors. */
final class Companion implements AutoCloseable {
    private static final long PACE_MILLIS = 5;

    private final Thread thread;
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    private volatile boolean ended;

    Companion(Tour tour, String path, Floors floors) {
        thread = new Thread(
                () -> {
                    try {
                        while (!ended) {
                            var floor = floors.now();
                            var answer = tour.demo().read(path);
                            tour.tally().checkedRead(Floors.covers(answer.document(), floor));
                            Pause.millis(PACE_MILLIS);
                        }
                    } catch (RuntimeException e) {
                        failure.set(e);
                    }
                },
                "companion");
        thread.setDaemon(true);
        thread.start();
    }

    void throwIfFailed() {
        if (failure.get() != null) {
            throw failure.get();
        }
    }

    @Override
    public void close() {
        ended = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
