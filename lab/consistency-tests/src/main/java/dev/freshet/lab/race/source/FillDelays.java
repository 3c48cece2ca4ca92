// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.source;

import java.util.Random;

/** Random delays of a reader between its load and its fill. Such delays cause stale fills. Not thread-safe. */
public final class FillDelays {
    private static final int SHORT_MILLIS = 40;
    private static final int LONG_MILLIS = 200;
    private static final int VERY_LONG_MILLIS = 3_000;

    private final Random random;

    public FillDelays(Random random) {
        this.random = random;
    }

    /** Waits; more often, does not. */
    public void pause() throws InterruptedException {
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
