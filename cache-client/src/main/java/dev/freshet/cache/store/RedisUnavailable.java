// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.store;

import java.util.concurrent.CompletionException;

/** Redis did not do what it was asked: not connected, no answer in time, or an error. The read continues without it. */
public final class RedisUnavailable extends Exception {
    /** It was not asked. */
    RedisUnavailable(String message) {
        super(message, null, false, false);
    }

    RedisUnavailable(Throwable cause) {
        super(cause.toString(), cause, false, false);
    }

    /** Whether Redis may have done what it was asked for, or may yet do it, although the call failed like this. */
    public static boolean mayBeDone(Throwable failure) {
        var cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return !(cause instanceof RedisUnavailable) || cause.getCause() != null;
    }
}
