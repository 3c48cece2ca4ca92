// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache;

import dev.freshet.devservices.RedisSentinel;

final class ConformanceSentinelTest extends RedisCacheConformance {
    ConformanceSentinelTest(RedisSentinel redis) {
        super(Servers.of(redis));
    }
}
