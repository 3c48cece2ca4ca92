// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.read;

import java.util.Random;

/** How long a reader dawdles between its load and its fill, which is what stale fills are made of. For one thread. */
final class Delays {
    private static final int SHORT_MILLIS = 40;
    private static final int LONG_MILLIS = 200;
    private static final int VERY_LONG_MILLIS = 3_000;

    private final Random random;

    Delays(Random random) {
        this.random = random;
    }

    /** Waits, or more often does not. */
    void dawdle() throws InterruptedException {
        int draw = random.nextInt(10_000);
        if (draw < 3) {
            Thread.sleep(random.nextInt(VERY_LONG_MILLIS));
        } else if (draw < 100) {
            Thread.sleep(random.nextInt(LONG_MILLIS));
        } else if (draw < 700) {
            Thread.sleep(random.nextInt(SHORT_MILLIS));
        }
    }
}
