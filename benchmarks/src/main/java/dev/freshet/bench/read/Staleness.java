// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.read;

import java.time.Duration;

/** How far the memory of a process may lag behind the published position at level eventual. */
final class Staleness {
    /** While Redis responds. */
    static final Duration NEAR = Duration.ofSeconds(1);

    /** While Redis does not respond. */
    static final Duration MEMORY = Duration.ofSeconds(5);

    private Staleness() {}

    /** The limit for an answer, depending on how it was obtained. */
    static Duration of(Answer answer) {
        return switch (answer.status()) {
            case "near" -> NEAR;
            case "memory" -> MEMORY;
            default -> Duration.ZERO;
        };
    }
}
