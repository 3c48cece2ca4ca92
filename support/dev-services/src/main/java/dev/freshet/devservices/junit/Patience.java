// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.junit;

import java.time.Duration;

/**
 * How long a test waits for an expected event. Passing tests do not wait that long, so the limit is generous, for
 * machines under load. A failing test waits until the limit; the system property {@code freshet.patience}, in seconds,
 * shortens it.
 */
public final class Patience {
    public static final Duration PATIENCE = Duration.ofSeconds(Integer.getInteger("freshet.patience", 120));

    private Patience() {}
}
