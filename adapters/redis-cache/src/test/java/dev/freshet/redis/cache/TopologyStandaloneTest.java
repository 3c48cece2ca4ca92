// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache;

import dev.freshet.devservices.RedisServer;

final class TopologyStandaloneTest extends TopologyTest {
    TopologyStandaloneTest(RedisServer redis) {
        super(Servers.of(redis));
    }
}
