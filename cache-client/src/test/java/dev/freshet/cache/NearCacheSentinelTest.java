// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import dev.freshet.devservices.RedisSentinel;
import java.util.List;

final class NearCacheSentinelTest extends NearCacheTest {
    NearCacheSentinelTest(RedisSentinel redis) {
        super(redis.uri(), List.of(redis.master().uri()), 250);
    }
}
