// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import dev.freshet.devservices.RedisCluster;
import dev.freshet.devservices.RedisNode;

final class NearCacheClusterTest extends NearCacheTest {
    NearCacheClusterTest(RedisCluster redis) {
        super(redis.uri(), redis.masters().stream().map(RedisNode::uri).toList(), 250);
    }
}
