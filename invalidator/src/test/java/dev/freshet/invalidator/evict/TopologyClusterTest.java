// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.evict;

import dev.freshet.devservices.RedisCluster;

final class TopologyClusterTest extends TopologyTest {
    TopologyClusterTest(RedisCluster redis) {
        super(Servers.of(redis));
    }
}
