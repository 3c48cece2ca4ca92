// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.reader;

import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.devservices.junit.WithRedis;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A reader, which each test finds with {@link Sample} and an empty Redis. */
@WithPostgres(template = MigratedDatabase.class)
@WithRedis
abstract class OnSample {
    static TestDatabase database;
    static RedisView redis;
    static Running reader;

    @BeforeAll
    static void start(TestDatabase test, RedisServer server) throws Exception {
        database = test;
        redis = new RedisView(server.uri());
        reader = Running.start(MigratedDatabase.asReader(test), server.uri(), Map.of("FRESHET_REDIS_TIMEOUT", "30s"));
    }

    @AfterAll
    static void stop() {
        reader.close();
        redis.close();
    }

    @BeforeEach
    void fill() {
        Sample.fill(database);
        redis.flush();
        redis.promise(database);
    }
}
