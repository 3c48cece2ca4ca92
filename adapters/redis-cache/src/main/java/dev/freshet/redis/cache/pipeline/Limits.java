// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache.pipeline;

import dev.freshet.protocol.CacheKeys;
import java.time.Duration;

/**
 * The limits for the work on one batch.
 *
 * @param window most commands in flight at a time
 * @param tagsPerCall most tags in one run of invalidate.lua
 * @param entriesPerCall most entries unlinked by one run; each takes Redis about a microsecond
 * @param keysPerCall most keys in one UNLINK
 * @param mostFences most fences kept for one isolate
 * @param fenceLifetime after which a fence is trimmed
 * @param commandTimeout after which a command is sent again
 */
public record Limits(
        int window,
        int tagsPerCall,
        int entriesPerCall,
        int keysPerCall,
        int mostFences,
        Duration fenceLifetime,
        Duration commandTimeout) {
    public static final Limits DEFAULT =
            new Limits(32, 100, 1000, 500, 100_000, CacheKeys.FENCE_LIFETIME, Duration.ofSeconds(2));
}
