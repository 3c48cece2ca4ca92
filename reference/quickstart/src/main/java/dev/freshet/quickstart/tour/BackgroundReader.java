// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart.tour;

import dev.freshet.quickstart.demo.Pause;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A second reader. It reads one resolved context continuously, and checks that each response shows at least what had
 * been reported before the request.
 */
final class BackgroundReader implements AutoCloseable {
    private static final long PACE_MILLIS = 5;

    private final Thread thread;
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    private volatile boolean ended;

    BackgroundReader(Tour tour, String path, ReportedValues reported) {
        thread = new Thread(
                () -> {
                    try {
                        while (!ended) {
                            var least = reported.now();
                            var answer = tour.demo().read(path);
                            tour.statistics().checkedRead(ReportedValues.covers(answer.document(), least));
                            Pause.millis(PACE_MILLIS);
                        }
                    } catch (RuntimeException e) {
                        failure.set(e);
                    }
                },
                "background-reader");
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
