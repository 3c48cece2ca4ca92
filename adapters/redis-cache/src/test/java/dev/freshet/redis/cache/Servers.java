// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache;

import dev.freshet.devservices.RedisCluster;
import dev.freshet.devservices.RedisNode;
import dev.freshet.devservices.RedisSentinel;
import dev.freshet.devservices.RedisServer;
import java.util.List;

/**
 * A Redis of some topology.
 *
 * @param uri for whoever uses it
 * @param masters each by itself
 */
record Servers(String uri, List<String> masters) {
    static Servers of(RedisServer redis) {
        return new Servers(redis.uri(), List.of(redis.uri()));
    }

    static Servers of(RedisSentinel redis) {
        return new Servers(redis.uri(), List.of(redis.master().uri()));
    }

    static Servers of(RedisCluster redis) {
        return new Servers(
                redis.uri(), redis.masters().stream().map(RedisNode::uri).toList());
    }
}
