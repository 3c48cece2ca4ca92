// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.devservices.junit.WithRedis;
import org.junit.jupiter.api.Test;

/** Some of the application's own keys look like those of a template, but no column value can produce them. */
@WithPostgres
@WithRedis
class SparedKeysTest {
    private final TestDatabase database;
    private final RedisServer redis;

    SparedKeysTest(TestDatabase database, RedisServer redis) {
        this.database = database;
        this.redis = redis;
    }

    private RunFixture run(String slot, String entities) {
        return new RunFixture(database, redis.uri(), slot, database.jdbcUrl(), PATIENCE, entities);
    }

    @Test
    void aPurgeAndATruncateSpareThem() {
        database.execute("CREATE TABLE spared (id int PRIMARY KEY, name text)");
        try (var run = run("spared", "  org: { table: spared, id: id, keys: [ 'org:{id}', 'org:{id}:members' ] }\n")) {
            for (var key :
                    new String[] {"org:settings", "org:7", "org:-7:members", "org:settings:members", "org:7:x"}) {
                run.redis().set(key, "x");
            }
            run.startAndStream();
            assertThat(run.redis().keys("org:*"))
                    .containsExactlyInAnyOrder("org:settings", "org:settings:members", "org:7:x");

            run.redis().set("org:8", "x");
            run.execute("TRUNCATE spared");
            await().atMost(PATIENCE).until(() -> run.redis().exists("org:8") == 0);
            run.awaitPublished();
            assertThat(run.redis().keys("org:*"))
                    .containsExactlyInAnyOrder("org:settings", "org:settings:members", "org:7:x");
        }
    }

    @Test
    void aValueThatWasNotCarriedSparesThem() {
        database.execute("CREATE TABLE uncarried (id int PRIMARY KEY, room bigint)");
        try (var run = run("uncarried", "  shelf: { table: uncarried, id: id, keys: [ 'room:{room}:{id}' ] }\n")) {
            database.execute("ALTER TABLE uncarried REPLICA IDENTITY FULL", "INSERT INTO uncarried VALUES (1, 2)");
            run.startAndStream();
            run.redis().set("room:2:1", "x");
            run.redis().set("room:service:1", "x");
            database.execute("""
                    DO $$ BEGIN
                        ALTER TABLE uncarried REPLICA IDENTITY DEFAULT;
                        UPDATE uncarried SET room = 3;
                        ALTER TABLE uncarried REPLICA IDENTITY FULL;
                    END $$
                    """);
            await().atMost(PATIENCE).until(() -> run.redis().exists("room:2:1") == 0);
            run.awaitPublished();
            assertThat(run.redis().exists("room:service:1")).isEqualTo(1);
        }
    }

    /** When the pattern is used, there are already keys of the new type. */
    @Test
    void aColumnThatGetsAnotherTypeMeanwhileMissesNone() {
        database.execute("CREATE TABLE retyped (id int PRIMARY KEY, code int)");
        database.execute("ALTER TABLE retyped REPLICA IDENTITY FULL", "INSERT INTO retyped VALUES (1, 2)");
        try (var run = run("retyped", "  item: { table: retyped, id: id, keys: [ 'code:{code}' ] }\n")) {
            run.startAndStream();
            run.execute("ALTER TABLE retyped ALTER code TYPE text USING 'c' || code");
            run.redis().set("code:c2", "x");
            run.redis().set("code:2", "x");
            run.execute("TRUNCATE retyped");
            await().atMost(PATIENCE)
                    .until(() -> run.redis().exists("code:c2") + run.redis().exists("code:2") == 0);
        }
    }
}
