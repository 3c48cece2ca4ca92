// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.status;

import dev.freshet.support.config.secret.Redaction;
import java.time.Instant;

/**
 * The state, its start and its reason.
 *
 * @param reason why, or null; contains no row values, and no secrets that a driver's message may quote
 */
public record Status(State state, Instant since, String reason) {
    public Status {
        reason = Redaction.of(reason);
    }

    @Override
    public String toString() {
        return reason == null ? state.toString() : state + ": " + reason;
    }
}
