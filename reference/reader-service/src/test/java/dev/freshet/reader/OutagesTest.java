// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.reader;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.devservices.PostgresServer;
import dev.freshet.devservices.RedisOptions;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With servers of its own, as it stops them. */
class OutagesTest {

    private static PostgresServer postgres;
    private static RedisServer redis;
    private static TestDatabase database;
    private static Running reader;

    @BeforeAll
    static void start() throws Exception {
        postgres = PostgresServer.start();
        redis = RedisServer.start(RedisOptions.defaults().withPersistence());
        database = postgres.createDatabase("outages");
        new MigratedDatabase().prepare(database);
        Sample.fill(database);
        try (var view = new RedisView(redis.uri())) {
            view.promise(database);
        }
        reader = Running.start(MigratedDatabase.asReader(database), redis.uri());
    }

    @AfterAll
    static void stop() {
        reader.close();
        redis.close();
        postgres.close();
    }

    @Test
    void readsFromTheDatabaseWhileRedisIsDownAndFromRedisAfterwards() {
        assertThat(reader.get("u1", "/v1/tasks/111").status()).isEqualTo(200);
        redis.stop();
        var bypassed = reader.get("u1", "/v1/tasks/111");
        assertThat(bypassed.status()).isEqualTo(200);
        assertThat(bypassed.cache()).isEqualTo("bypass");
        assertThat(bypassed.json().path("name").asText()).isEqualTo("t111");
        assertThat(reader.get("u1", "/v1/tasks/404").status()).isEqualTo(404);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(reader.open("/readyz?verbose")
                                .json()
                                .at("/checks/redis")
                                .asText())
                        .startsWith("degraded"));
        assertThat(reader.open("/readyz").status()).isEqualTo(200);

        redis.resume();
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(reader.get("u1", "/v1/tasks/111").cache()).isEqualTo("hit"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(reader.open("/readyz?verbose")
                                .json()
                                .at("/checks/redis")
                                .asText())
                        .isEqualTo("up"));
    }

    @Test
    void answersWhatIsCachedWhileTheDatabaseIsDown() {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(reader.get("u1", "/v1/tasks/112").cache()).isEqualTo("hit"));
        postgres.stop();
        try {
            var hit = reader.get("u1", "/v1/tasks/112");
            assertThat(hit.status()).isEqualTo(200);
            assertThat(hit.cache()).isEqualTo("hit");
            var miss = reader.get("u1", "/v1/tasks/121");
            assertThat(miss.status()).isEqualTo(503);
            assertThat(miss.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(miss.header("Retry-After")).isNotNull();
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(reader.open("/readyz").status()).isEqualTo(503));
        } finally {
            postgres.resume();
        }
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(reader.get("u1", "/v1/tasks/121").status()).isEqualTo(200));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(reader.open("/readyz").status()).isEqualTo(200));
    }
}
