// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.store;

import dev.freshet.cache.TestedRedis;
import dev.freshet.devservices.RedisServer;

final class StoreStandaloneTest extends StoreTest {
    StoreStandaloneTest(RedisServer redis) {
        super(TestedRedis.at(redis.uri()));
    }
}
