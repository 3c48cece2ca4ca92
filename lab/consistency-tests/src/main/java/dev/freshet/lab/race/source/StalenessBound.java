// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.source;

import java.time.Duration;

/** How far the memory of a process may lag behind the published position at level eventual. */
public final class StalenessBound {
    /** While Redis responds. */
    public static final Duration NEAR = Duration.ofSeconds(1);

    /** While Redis does not respond. */
    public static final Duration MEMORY = Duration.ofSeconds(5);

    /** While loads fail. */
    public static final Duration FAIL_SAFE = Duration.ofSeconds(3);

    private StalenessBound() {}

    /** The limit for an answer, depending on how it was obtained. */
    public static Duration of(Answer answer) {
        return switch (answer.status()) {
            case "near" -> NEAR;
            case "memory" -> MEMORY;
            case "stale" -> FAIL_SAFE;
            default -> Duration.ZERO;
        };
    }
}
