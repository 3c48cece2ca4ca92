// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.evict;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;

/** A plain connection, to see and to disturb what is in Redis. */
final class RawRedis implements AutoCloseable {
    private final RedisClient client;
    final RedisCommands<String, String> redis;

    RawRedis(String uri) {
        client = RedisClient.create(RedisURI.create(uri));
        redis = client.connect().sync();
    }

    @Override
    public void close() {
        client.shutdown();
        client.getResources().shutdown().awaitUninterruptibly();
    }
}
