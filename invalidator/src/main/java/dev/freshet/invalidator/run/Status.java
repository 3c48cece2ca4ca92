// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import java.time.Instant;

/**
 * The state, with its story.
 *
 * @param reason why, or null; never a row's values
 */
public record Status(State state, Instant since, String reason) {
    @Override
    public String toString() {
        return reason == null ? state.toString() : state + ": " + reason;
    }
}
