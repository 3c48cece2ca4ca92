// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.evict;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import java.util.Arrays;

/** A plain connection, to see and to disturb what is in Redis. In a Cluster it goes where a key is. */
final class RawRedis implements AutoCloseable {
    private static final String CLUSTER = "redis-cluster://";

    private final AbstractRedisClient client;
    final RedisClusterCommands<String, String> redis;

    RawRedis(String uri) {
        if (uri.startsWith(CLUSTER)) {
            var cluster = RedisClusterClient.create(
                    Arrays.stream(uri.substring(CLUSTER.length()).split(","))
                            .map(node -> RedisURI.create("redis://" + node))
                            .toList());
            client = cluster;
            redis = cluster.connect().sync();
        } else {
            var one = RedisClient.create(RedisURI.create(uri));
            client = one;
            redis = one.connect().sync();
        }
    }

    @Override
    public void close() {
        client.shutdown();
        client.getResources().shutdown().awaitUninterruptibly();
    }
}
