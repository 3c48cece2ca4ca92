// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.store;

import dev.freshet.cache.TestedRedis;
import dev.freshet.redis.memory.MemoryRedis;

/** The Redis of {@code freshet-test} keeps the same rules as a server. */
final class StoreMemoryTest extends StoreTest {
    StoreMemoryTest() {
        super(TestedRedis.in(new MemoryRedis()));
    }
}
