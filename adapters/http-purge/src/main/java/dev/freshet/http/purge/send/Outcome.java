// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.http.purge.send;

import java.time.Duration;
import java.util.Objects;

/**
 * What came of an attempt.
 *
 * @param failure why the purge was not accepted, without secrets and keys; null if it was
 * @param lasting whether only a person can mend it, as far as can be told
 * @param retryAfter how long the other side wants no further request; zero if it did not say
 */
public record Outcome(String failure, boolean lasting, Duration retryAfter) {
    static final Outcome ACCEPTED = new Outcome(null, false, Duration.ZERO);

    public Outcome {
        Objects.requireNonNull(retryAfter, "retryAfter");
    }

    static Outcome passing(String failure) {
        return new Outcome(failure, false, Duration.ZERO);
    }

    static Outcome lasting(String failure) {
        return new Outcome(failure, true, Duration.ZERO);
    }

    public boolean accepted() {
        return failure == null;
    }
}
