// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache;

import dev.freshet.devservices.RedisCluster;

final class ProtocolClusterTest extends ProtocolTest {
    ProtocolClusterTest(RedisCluster redis) {
        super(Servers.of(redis));
    }
}
