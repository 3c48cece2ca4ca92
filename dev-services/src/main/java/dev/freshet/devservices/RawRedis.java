// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import java.util.Arrays;
import java.util.Map;

/**
 * A plain connection, to see and to disturb what is in Redis. In a Cluster it goes where a key is. Safe for many threads.
 * Whoever uses it has Lettuce.
 */
public final class RawRedis implements AutoCloseable {
    private static final String CLUSTER = "redis-cluster://";

    /** Its commands. */
    public final RedisClusterCommands<String, String> redis;

    private final AbstractRedisClient client;

    /** @param uri as {@link RedisServer}, {@link RedisSentinel} or {@link RedisCluster} names it */
    public RawRedis(String uri) {
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

    /**
     * Stands in for an invalidator that has published in a namespace: readers find there which tags it evicts.
     *
     * @param contract the fields that it publishes of itself
     */
    public void promise(String namespace, Map<String, String> contract) {
        String position = namespace + ":~position";
        if (client instanceof RedisClusterClient) {
            // The smallest number of each master is among them.
            for (int n = 0; n < 32; n++) {
                redis.hset(position + ":{" + n + "}", contract);
            }
        } else {
            redis.hset(position, contract);
        }
    }

    @Override
    public void close() {
        client.shutdown();
        client.getResources().shutdown().awaitUninterruptibly();
    }
}
