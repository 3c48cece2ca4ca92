// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.support.config.Redaction;
import java.time.Instant;

/**
 * The state, with its story.
 *
 * @param reason why, or null; never a row's values, and no secret that a message of a driver may quote
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
