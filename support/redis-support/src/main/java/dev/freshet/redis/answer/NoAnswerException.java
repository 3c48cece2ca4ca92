// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.answer;

/** Redis did not answer in time, or refused. The message says why, in a few words. */
public final class NoAnswerException extends Exception {
    private static final long serialVersionUID = 1L;

    NoAnswerException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Whether the user of Redis lacks the right to ask. */
    public boolean isNoRight() {
        return RedisFailures.isNoRight(this);
    }
}
