// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.junit;

import java.time.Duration;

/**
 * How long a test waits for what has to come. A test that passes does not wait for it, so it is ample on a machine under
 * load. A test that is to fail waits to the end: the system property {@code freshet.patience}, in seconds, shortens it.
 */
public final class Patience {
    public static final Duration PATIENCE = Duration.ofSeconds(Integer.getInteger("freshet.patience", 120));

    private Patience() {}
}
