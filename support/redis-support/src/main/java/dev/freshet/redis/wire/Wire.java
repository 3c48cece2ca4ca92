// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.wire;

import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;

/** Makes connections to one Redis without a network: for tests that have it in their own memory. Thread-safe. */
public interface Wire {
    /**
     * Makes a connection. Closing it, or the resources, must not wait.
     *
     * @param resources of the link that asks
     * @param commandTimeout after which a command without a reply fails, if it is waited for
     * @throws RuntimeException if it cannot be made now; the link tries again
     */
    <K, V> StatefulRedisConnection<K, V> connect(
            ClientResources resources, RedisCodec<K, V> codec, Duration commandTimeout);
}
