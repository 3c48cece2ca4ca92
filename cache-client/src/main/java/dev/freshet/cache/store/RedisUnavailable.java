// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.store;

/** Redis did not do what it was asked: not connected, no answer in time, or an error. The read continues without it. */
public final class RedisUnavailable extends Exception {
    RedisUnavailable(String message) {
        super(message, null, false, false);
    }

    RedisUnavailable(Throwable cause) {
        super(cause.toString(), cause, false, false);
    }
}
