// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.answer;

import io.lettuce.core.RedisConnectionException;

/**
 * There is no connection to Redis now. Every read runs into it while Redis is away, so it has no stack trace and is
 * cheap.
 */
public final class NotConnectedException extends RedisConnectionException {
    public NotConnectedException(String message) {
        super(message);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
