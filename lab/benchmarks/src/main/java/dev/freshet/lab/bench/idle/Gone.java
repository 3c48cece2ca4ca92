// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.idle;

import dev.freshet.devservices.stack.StackException;
import dev.freshet.lab.bench.process.SubjectProcess;
import dev.freshet.lab.bench.world.ItemKeys;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits until a subject has evicted a row's key. */
final class Gone {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private Gone() {}

    static void await(SubjectProcess process, ItemKeys keys, long id) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (keys.exists(id)) {
            process.requireAlive();
            if (System.nanoTime() > deadline) {
                throw new StackException("%s evicted nothing within %d s"
                        .formatted(process.subject().label(), PATIENCE.toSeconds()));
            }
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }
}
