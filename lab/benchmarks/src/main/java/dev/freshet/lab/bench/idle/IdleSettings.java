// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.idle;

import java.time.Duration;

/**
 * What {@link IdleBench} measures.
 *
 * @param settling time after the start that does not count
 * @param duration of the measurement
 */
public record IdleSettings(Duration settling, Duration duration, int rounds) {
    public IdleSettings {
        if (rounds < 1) {
            throw new IllegalArgumentException("--rounds is " + rounds + ", expected 1 or more");
        }
    }
}
