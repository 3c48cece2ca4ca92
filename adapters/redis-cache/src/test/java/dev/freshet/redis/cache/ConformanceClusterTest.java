// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache;

import dev.freshet.devservices.RedisCluster;

final class ConformanceClusterTest extends RedisCacheConformance {
    ConformanceClusterTest(RedisCluster redis) {
        super(Servers.of(redis));
    }
}
