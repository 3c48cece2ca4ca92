// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.reader;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.support.config.ConfigException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The reader with a cache of its own in front of Redis. */
@WithPostgres(template = MigratedDatabase.class)
class NearCacheTest {
    private static final String PATH = "/v1/tasks/111";

    @Test
    void answersFromMemoryUntilSomethingChangesAndForAMomentWithoutRedis(TestDatabase database) throws Exception {
        Sample.fill(database);
        try (var server = RedisServer.start();
                var redis = new RedisView(server.uri());
                var reader = Running.start(
                        MigratedDatabase.asReader(database),
                        server.uri(),
                        Map.of("FRESHET_NEAR_CACHE", "16", "FRESHET_WARMING", "10"))) {
            redis.promise(database);
            await().atMost(PATIENCE).until(() -> reader.get("u1", PATH).cache().equals("near"));
            assertThat(reader.get("u1", PATH).header("Freshet-Position")).isNotNull();
            assertThat(reader.get("u2", PATH).status()).isEqualTo(404);
            database.execute("update freshet.task_context set name = 'new' where id = 111");
            redis.purge("u1", "task:111");
            await().atMost(PATIENCE)
                    .until(() ->
                            reader.get("u1", PATH).json().path("name").asText().equals("new"));
            await().atMost(PATIENCE).until(() -> reader.get("u1", PATH).cache().equals("near"));
            server.kill();
            await().atMost(PATIENCE).until(() -> reader.get("u1", PATH).cache().equals("memory"));
            await().atMost(PATIENCE).until(() -> reader.get("u1", PATH).cache().equals("bypass"));
            assertThat(reader.open("/metrics").body())
                    .contains("freshet_cache_near_bytes")
                    .contains("freshet_cache_warming_total{outcome=\"loaded\"}");
        }
    }

    @Test
    void refusesSizesAndWarmingThatCannotBe(TestDatabase database) {
        for (var bad : new String[][] {
            {"FRESHET_REDIS_TIMEOUT", "0s", ""},
            {"FRESHET_NEAR_CACHE", "-1", "0 to"},
            {"FRESHET_WARMING", "5", "FRESHET_NEAR_CACHE above 0"}
        }) {
            assertThatThrownBy(() -> Running.start(
                                    MigratedDatabase.asReader(database), "redis://127.0.0.1:1", Map.of(bad[0], bad[1]))
                            .close())
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining(bad[0])
                    .hasMessageContaining(bad[2]);
        }
    }
}
