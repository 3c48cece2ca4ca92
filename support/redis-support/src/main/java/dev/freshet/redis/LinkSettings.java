// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis;

import java.time.Duration;
import java.util.Objects;

/**
 * The settings of a {@link RedisLink}.
 *
 * @param clientName name of the connections in {@code CLIENT LIST}
 * @param handshakeTimeout after which an attempt to connect is given up
 * @param commandTimeout after which a command without a reply fails
 * @param requestQueueSize the most commands in flight
 */
public record LinkSettings(
        RedisAddress address,
        String clientName,
        Duration handshakeTimeout,
        Duration commandTimeout,
        int requestQueueSize) {
    public LinkSettings {
        Objects.requireNonNull(address, "address").requirePassword();
        Objects.requireNonNull(clientName, "clientName");
        Objects.requireNonNull(handshakeTimeout, "handshakeTimeout");
        Objects.requireNonNull(commandTimeout, "commandTimeout");
        if (requestQueueSize < 1) {
            throw new IllegalArgumentException("requestQueueSize " + requestQueueSize + " is not positive");
        }
    }
}
