// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.evict;

import java.time.Instant;
import java.util.Objects;

/**
 * Whether Redis takes evictions.
 *
 * @param waiting true while a command is retried until Redis accepts it
 * @param reason why it waits, without values of rows; null if it does not
 * @param since when it came to be so
 */
public record EvictorStatus(boolean waiting, String reason, Instant since) {
    public EvictorStatus {
        Objects.requireNonNull(since, "since");
    }

    @Override
    public String toString() {
        return waiting ? "waiting for Redis: " + reason : "ready";
    }
}
