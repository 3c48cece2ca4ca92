// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.cache;

import java.time.Instant;
import java.util.Objects;

/**
 * Whether a target, such as Redis, accepts evictions.
 *
 * @param waiting true while something is retried until the target accepts it
 * @param reason why it waits, without row values; null if it does not wait
 * @param since when this state began
 */
public record EvictorStatus(boolean waiting, String reason, Instant since) {
    public EvictorStatus {
        Objects.requireNonNull(since, "since");
    }

    @Override
    public String toString() {
        return waiting ? "waiting: " + reason : "ready";
    }
}
