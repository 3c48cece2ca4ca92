// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.read;

import java.time.Duration;

/** By how long the memory of a process may be behind the published position at level eventual. */
final class Staleness {
    /** While Redis answers. */
    static final Duration NEAR = Duration.ofSeconds(1);

    /** While it does not. */
    static final Duration MEMORY = Duration.ofSeconds(5);

    private Staleness() {}

    /** For an answer that was come by in that way. */
    static Duration of(Answer answer) {
        return switch (answer.status()) {
            case "near" -> NEAR;
            case "memory" -> MEMORY;
            default -> Duration.ZERO;
        };
    }
}
