// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/**
 * A plain connection, used to inspect and modify the contents of Redis. In a Cluster, commands go to the node of the
 * key. Needs Lettuce on the class path. Thread-safe.
 */
public final class RawRedis implements AutoCloseable {
    private static final String CLUSTER = "redis-cluster://";

    /** Its commands. */
    public final RedisClusterCommands<String, String> redis;

    private final AbstractRedisClient client;
    private final Runnable end;

    /** @param uri from {@link RedisServer}, {@link RedisSentinel} or {@link RedisCluster} */
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
        // Its resources end with it. To wait for them once more can last for ever: who tells has ended, too.
        end = () -> client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }

    /** Over a connection that was made elsewhere, to one server or to what stands in for one. Closed with this. */
    public RawRedis(StatefulRedisConnection<String, String> connection) {
        client = null;
        redis = connection.sync();
        end = connection::close;
    }

    /**
     * Simulates an invalidator that has published in a namespace. Readers look there for the tags that it evicts.
     *
     * @param contract the fields that it publishes about itself
     */
    public void promise(String namespace, Map<String, String> contract) {
        String position = namespace + ":~position";
        if (client instanceof RedisClusterClient) {
            // The smallest number for each master is among these.
            for (int n = 0; n < 32; n++) {
                redis.hset(position + ":{" + n + "}", contract);
            }
        } else {
            redis.hset(position, contract);
        }
    }

    @Override
    public void close() {
        end.run();
    }
}
