// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import dev.freshet.devservices.RedisServer;
import dev.freshet.redis.memory.MemoryRedis;

/** The Redis of {@code freshet-test} keeps the same rules as a server. */
final class ConsistencyMemoryTest extends ConsistencyTest {
    ConsistencyMemoryTest() {
        super(null);
    }

    @Override
    TestedRedis tested(RedisServer none) {
        return TestedRedis.in(new MemoryRedis());
    }

    /** No test here: there is no network between a cache and its memory. */
    @Override
    void aCommitThatIsEvictedAndPublishedDuringAReadIsNotMissed(int question) {}
}
