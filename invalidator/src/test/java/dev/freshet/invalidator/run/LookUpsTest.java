// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.devservices.junit.WithRedis;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A key that is built from rows of two tables, one of which is looked up. */
@WithPostgres
@WithRedis
class LookUpsTest {
    private final TestDatabase database;
    private final RedisServer redis;

    LookUpsTest(TestDatabase database, RedisServer redis) {
        this.database = database;
        this.redis = redis;
    }

    @Test
    void aRowThatCameAfterALookUpIsFoundByTheNext() {
        database.execute(
                "CREATE TABLE look_owner (id int PRIMARY KEY, name text)",
                "CREATE TABLE look_item (id int PRIMARY KEY, owner int)",
                "ALTER TABLE look_owner REPLICA IDENTITY FULL",
                "ALTER TABLE look_item REPLICA IDENTITY FULL",
                "INSERT INTO look_owner VALUES (1, 'a')");
        try (var run = new RunFixture(
                        database, redis.uri(), "look_ups", database.jdbcUrl(), Duration.ofSeconds(10), """
                          owner:
                            table: public.look_owner
                            id: id
                          item:
                            table: public.look_item
                            id: id
                            references: { owner: owner }
                            keys: [ "look-ups:of:{owner.name}" ]
                        """)
                .startAndStream()) {
            database.execute("UPDATE look_owner SET name = 'b'");
            run.awaitPublished();
            database.execute("INSERT INTO look_item VALUES (1, 1)");
            run.awaitPublished();
            run.redis().set("look-ups:of:b", "cached");

            database.execute("UPDATE look_owner SET name = 'c'");

            run.awaitPublished();
            assertThat(run.redis().exists("look-ups:of:b")).isZero();
        }
    }
}
