// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests with a database, and with a Redis that is empty before each test. */
abstract class OnCleanRedis {
    final TestDatabase database;
    final RedisServer redis;
    RawRedis raw;

    OnCleanRedis(TestDatabase database, RedisServer redis) {
        this.database = database;
        this.redis = redis;
    }

    @BeforeEach
    void connect() {
        raw = new RawRedis(redis.uri());
        raw.redis.flushall();
    }

    @AfterEach
    void disconnect() {
        raw.close();
    }
}
