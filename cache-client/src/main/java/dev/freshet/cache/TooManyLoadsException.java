// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import java.time.Duration;

/**
 * A value is not cached, and the maximum number of loads is already running; see {@link FreshetCacheBuilder#maxLoads}.
 * The read can be retried later.
 */
public final class TooManyLoadsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooManyLoadsException(int most, Duration waited) {
        super(most + " loads are under way, the maximum allowed, and none ended within " + waited.toMillis() + " ms");
    }
}
