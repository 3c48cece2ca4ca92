// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.cli;

import java.util.concurrent.CountDownLatch;

/**
 * Work that Ctrl-C ends early but that still reports its progress. The process ends after {@link #done()} was called.
 */
final class InterruptHandler {
    private final CountDownLatch told = new CountDownLatch(1);

    /** @param stop asks the work to end; called in another thread */
    InterruptHandler(Runnable stop) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stop.run();
            try {
                told.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    void done() {
        told.countDown();
    }
}
