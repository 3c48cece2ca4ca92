// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache;

import dev.freshet.redis.cache.pipeline.Limits;
import java.time.Duration;

/**
 * Limits for tests that count evictions. A command that times out on a busy machine is sent again, and what its first
 * attempt removed is then not counted.
 */
final class Patient {
    private static final Limits USUAL = Limits.DEFAULT;

    static final Limits LIMITS = new Limits(
            USUAL.window(),
            USUAL.tagsPerCall(),
            USUAL.entriesPerCall(),
            USUAL.keysPerCall(),
            USUAL.mostFences(),
            USUAL.fenceLifetime(),
            Duration.ofSeconds(60));

    private Patient() {}
}
