// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.process;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Polls conditions that a server does not signal. */
public final class Waiting {
    private static final long STEP_MILLIS = 10;

    private Waiting() {}

    /** Whether the condition became true in time. */
    public static boolean until(BooleanSupplier condition, Duration patience) {
        var deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            try {
                Thread.sleep(STEP_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }
}
