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

/** A statement gives every row of a table another value, and none of that is published. */
@WithPostgres
@WithRedis
class RewrittenTableTest {
    private final TestDatabase database;
    private final RedisServer redis;

    RewrittenTableTest(TestDatabase database, RedisServer redis) {
        this.database = database;
        this.redis = redis;
    }

    @Test
    void whileNothingRanItMeansPurge() {
        try (var run = new RunFixture(database, redis, "rewritten_stopped").startAndStream()) {
            run.cache(7);
            run.supervisor().close();
            rewrite(run, "rewritten_stopped");
            run.startAndStream();
            run.awaitPublished();
            assertThat(run.redis().exists(run.key(7))).isZero();
            assertThat(run.count("purges", "table-rewritten")).isEqualTo(1);
        }
    }

    /** The WAL contains only markers. */
    @Test
    void onAnIdleDatabaseItIsNoticedOnceAndNoMore() {
        try (var run = new RunFixture(database, redis, "rewritten_idle").startAndStream()) {
            run.cache(7);
            rewrite(run, "rewritten_idle");
            run.awaitCount("purges", 2);
            run.awaitState(State.STREAMING);
            assertThat(run.redis().exists(run.key(7))).isZero();
            run.awaitPublished();
            assertThat(run.count("purges", "table-rewritten")).isEqualTo(1);
            assertThat(run.count("purges")).isEqualTo(2);
        }
    }

    @Test
    void thePositionDoesNotPassIt() {
        try (var run = new RunFixture(database, redis, "rewritten_runs")
                .heartbeat(Duration.ofMinutes(10))
                .startAndStream()) {
            run.cache(7);
            // No marker comes in between.
            rewrite(run, "rewritten_runs");
            String rewritten = run.text("SELECT pg_current_wal_insert_lsn()");
            run.execute("INSERT INTO rewritten_runs VALUES (8, 'seen')");

            await().atMost(RunFixture.PATIENCE).until(() -> {
                String position = run.position("lsn");
                boolean passed = position != null
                        && run.query("SELECT ('" + position + "'::pg_lsn >= '" + rewritten + "'::pg_lsn)::int") == 1;
                assertThat(passed && run.redis().exists(run.key(7)) == 1)
                        .as("the position is %s, and the value from before %s is still there", position, rewritten)
                        .isFalse();
                return passed;
            });
        }
    }

    @Test
    void anIdOfAnotherTypeIsReadOn() {
        try (var run = new RunFixture(database, redis, "rewritten_id").startAndStream()) {
            run.cache(7);
            run.execute("ALTER TABLE rewritten_id ALTER COLUMN id TYPE bigint");
            run.awaitCount("purges", 2);
            run.awaitGone(7);
            run.awaitState(State.STREAMING);
            run.cache(8);
            run.execute("INSERT INTO rewritten_id VALUES (8, 'seen')");
            run.awaitGone(8);
            run.awaitPublished();
            assertThat(run.count("purges", "table-rewritten")).isEqualTo(1);
        }
    }

    @Test
    void maintenanceAndAdditionsChangeNothing() {
        try (var run = new RunFixture(database, redis, "rewritten_not").startAndStream()) {
            run.cache(7);
            run.execute("ALTER TABLE rewritten_not ADD COLUMN size int");
            run.awaitPublished();
            run.supervisor().close();
            run.execute("CREATE INDEX ON rewritten_not (name)");
            run.startAndStream();
            run.awaitPublished();
            run.execute("VACUUM FULL rewritten_not");
            run.awaitPublished();
            assertThat(run.redis().exists(run.key(7))).isEqualTo(1);
            assertThat(run.count("purges")).isEqualTo(1);
        }
    }

    private static void rewrite(RunFixture run, String table) {
        run.execute("ALTER TABLE " + table + " ALTER COLUMN name TYPE text USING upper(name)");
    }
}
