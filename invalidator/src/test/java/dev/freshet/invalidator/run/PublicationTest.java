// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.invalidator.run.status.State;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The publication is changed, but is right again whenever it is checked. */
@WithPostgres
@WithRedis
class PublicationTest {
    private final TestDatabase database;
    private final RedisServer redis;

    PublicationTest(TestDatabase database, RedisServer redis) {
        this.database = database;
        this.redis = redis;
    }

    @Test
    void aTableThatLeftThePublicationAndCameBackWhileNothingRanMeansPurge() {
        try (var run = new RunFixture(database, redis, "pub_stopped").startAndStream()) {
            run.cache(7);
            run.supervisor().close();
            loseACommit(run, "pub_stopped");
            run.startAndStream();
            run.awaitPublished();
            assertThat(run.redis().exists(run.key(7))).isZero();
            assertThat(run.count("purges", "publication-changed")).isEqualTo(1);
        }
    }

    /** PostgreSQL 18 continues with the slot as if nothing were missing. */
    @Test
    void aPublicationThatWasMadeAnewWhileNothingRanMeansPurge() {
        try (var run = new RunFixture(database, redis, "pub_anew").startAndStream()) {
            run.cache(7);
            run.supervisor().close();
            run.execute(
                    "DROP PUBLICATION pub_anew",
                    "INSERT INTO pub_anew VALUES (7, 'unseen')",
                    "CREATE PUBLICATION pub_anew FOR TABLE pub_anew WITH (publish_via_partition_root = true)");
            run.start();
            run.awaitCount("purges", 2);
            assertThat(run.redis().exists(run.key(7))).isZero();
        }
    }

    @Test
    void thePositionDoesNotPassACommitThatAChangedPublicationHides() {
        try (var run = new RunFixture(database, redis, "pub_runs")
                .heartbeat(Duration.ofMinutes(10))
                .startAndStream()) {
            run.cache(7);
            // No marker comes in between.
            loseACommit(run, "pub_runs");
            String lost = run.text("SELECT pg_current_wal_insert_lsn()");
            run.execute("INSERT INTO pub_runs VALUES (8, 'seen')");

            await().atMost(RunFixture.PATIENCE).until(() -> {
                String position = run.position("lsn");
                boolean passed = position != null
                        && run.query("SELECT ('" + position + "'::pg_lsn >= '" + lost + "'::pg_lsn)::int") == 1;
                assertThat(passed && run.redis().exists(run.key(7)) == 1)
                        .as("a session read at %s gets the entry from before it, as the position is %s", lost, position)
                        .isFalse();
                return passed;
            });
            run.awaitState(State.STREAMING);
            assertThat(run.count("purges")).isEqualTo(2);
        }
    }

    /** The WAL contains only markers. */
    @Test
    void aChangedPublicationIsNoticedOnAnIdleDatabaseOnceAndNoMore() {
        try (var run = new RunFixture(database, redis, "pub_idle").startAndStream()) {
            run.cache(7);
            run.execute("""
                    DO $$ BEGIN
                        ALTER PUBLICATION pub_idle DROP TABLE pub_idle;
                        ALTER PUBLICATION pub_idle ADD TABLE pub_idle;
                    END $$
                    """);
            run.awaitCount("purges", 2);
            run.awaitState(State.STREAMING);
            assertThat(run.redis().exists(run.key(7))).isZero();
            run.awaitPublished();
            assertThat(run.count("purges")).isEqualTo(2);
            assertThat(run.count("purges", "publication-changed")).isEqualTo(1);
            assertThat(run.count("restarts")).isEqualTo(1);
        }
    }

    @Test
    void anotherTableInThePublicationChangesNothing() {
        try (var run = new RunFixture(database, redis, "pub_other").startAndStream()) {
            run.cache(7);
            run.execute(
                    "CREATE TABLE unrelated (id int PRIMARY KEY)", "ALTER PUBLICATION pub_other ADD TABLE unrelated");
            run.execute("INSERT INTO pub_other VALUES (1, 'x')", "INSERT INTO unrelated VALUES (1)");
            run.awaitPublished();
            run.supervisor().close();
            run.execute("ALTER PUBLICATION pub_other DROP TABLE unrelated");
            run.startAndStream();
            run.awaitPublished();
            assertThat(run.redis().exists(run.key(7))).isEqualTo(1);
            assertThat(run.count("purges")).isEqualTo(1);
            run.execute("DROP TABLE unrelated");
        }
    }

    private static void loseACommit(RunFixture run, String table) {
        run.execute(
                "ALTER PUBLICATION " + table + " DROP TABLE " + table,
                "INSERT INTO " + table + " VALUES (7, 'unseen')",
                "ALTER PUBLICATION " + table + " ADD TABLE " + table);
    }
}
