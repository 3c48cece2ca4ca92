// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench;

import java.util.concurrent.CountDownLatch;

/** What Ctrl-C ends early, and what still tells how far it came. To be told when that is done. */
final class Stoppable {
    private final CountDownLatch told = new CountDownLatch(1);

    /** @param stop asks the work to end; is called in another thread */
    Stoppable(Runnable stop) {
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
