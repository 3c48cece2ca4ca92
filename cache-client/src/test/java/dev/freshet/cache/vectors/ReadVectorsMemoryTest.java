// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.vectors;

import dev.freshet.cache.TestedRedis;
import dev.freshet.devservices.RedisServer;
import dev.freshet.redis.memory.MemoryRedis;

/** The Redis of {@code freshet-test} answers what the vectors say. */
final class ReadVectorsMemoryTest extends ReadVectorsTest {
    ReadVectorsMemoryTest() {
        super(null);
    }

    // Made by the first of the two, which the constructor above calls before fields are set.
    private MemoryRedis memory;

    @Override
    Resp resp(RedisServer none) {
        memory = new MemoryRedis();
        return new Resp(memory::ask);
    }

    @Override
    TestedRedis tested(RedisServer none) {
        return TestedRedis.in(memory);
    }
}
