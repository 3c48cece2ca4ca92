// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.invalidator.run.status.RecentTransaction;
import dev.freshet.invalidator.run.status.State;
import org.junit.jupiter.api.Test;

@WithPostgres
@WithRedis
class SupervisorTest {
    private final TestDatabase database;
    private final RedisServer redis;

    SupervisorTest(TestDatabase database, RedisServer redis) {
        this.database = database;
        this.redis = redis;
    }

    @Test
    void evictsExactlyTheKeysOfChangedRowsAndTellsWhatItDid() {
        try (var run = new RunFixture(database, redis, "run_exact").startAndStream()) {
            run.execute("INSERT INTO run_exact SELECT i, 'x' FROM generate_series(1, 4) i");
            await().atMost(RunFixture.PATIENCE)
                    .until(() -> !run.supervisor().recent().last(1).isEmpty());
            run.cache(1, 2, 3, 4);

            run.execute(
                    "UPDATE run_exact SET name = 'y' WHERE id = 1",
                    "UPDATE run_exact SET id = 20 WHERE id = 2",
                    "DELETE FROM run_exact WHERE id = 3");

            run.awaitGone(3);
            assertThat(run.redis().exists(run.key(1), run.key(2), run.key(4))).isEqualTo(1);
            assertThat(run.redis().exists(run.key(4))).isEqualTo(1);
            await().atMost(RunFixture.PATIENCE)
                    .until(() -> run.supervisor().recent().last(10).size() == 4);
            RecentTransaction update = run.supervisor().recent().last(10).get(1);
            assertThat(update.number()).isEqualTo(2);
            assertThat(update.rows()).isEqualTo(1);
            assertThat(update.changes().get(0).id()).containsEntry("id", "1");
            assertThat(update.evictionCount()).isEqualTo(1);
            assertThat(update.keysRemoved()).isEqualTo(1);
            assertThat(run.supervisor().recent().after(3, 10))
                    .extracting(RecentTransaction::number)
                    .containsExactly(4L);
        }
    }

    @Test
    void positionAndSlotAdvanceOnAnIdleDatabase() {
        try (var run = new RunFixture(database, redis, "run_idle").startAndStream()) {
            // More than once: the first marker of a run comes in any case.
            for (int i = 0; i < 3; i++) {
                long confirmed = run.confirmed();
                String position = run.position("lsn");
                await().atMost(RunFixture.PATIENCE).until(() -> run.confirmed() > confirmed);
                await().atMost(RunFixture.PATIENCE).until(() -> !position.equals(run.position("lsn")));
            }
            assertThat(run.supervisor().recent().last(1)).isEmpty();
        }
    }

    @Test
    void recoversFromATerminatedWalSenderAndMissesNothing() {
        try (var run = new RunFixture(database, redis, "run_killed").startAndStream()) {
            run.cache(1, 2, 3);
            run.execute("INSERT INTO run_killed VALUES (1, 'x')");
            run.awaitGone(1);
            run.execute(
                    "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = 'run_killed'",
                    "INSERT INTO run_killed VALUES (2, 'x')");

            run.awaitGone(2);
            run.awaitState(State.STREAMING);
            run.execute("INSERT INTO run_killed VALUES (3, 'x')");
            run.awaitGone(3);
            assertThat(run.count("restarts")).isGreaterThanOrEqualTo(1);
            assertThat(run.count("purges")).isEqualTo(1);
        }
    }

    @Test
    void newSlotPurgesWhatWasCachedBeforeAndEmptiedRedisDoesToo() {
        try (var run = new RunFixture(database, redis, "run_purge")) {
            run.cache(7);
            run.redis().set("unrelated", "stays");
            run.startAndStream();
            assertThat(run.redis().exists(run.key(7))).isZero();
            assertThat(run.redis().get("unrelated")).isEqualTo("stays");
            run.supervisor().close();

            run.redis().del("run-purge:~position");
            run.cache(8);
            run.startAndStream();
            assertThat(run.redis().exists(run.key(8))).isZero();
        }
    }

    @Test
    void secondInstanceStandsByAndTakesOver() {
        try (var run = new RunFixture(database, redis, "run_two").startAndStream();
                Invalidator second = run.another()) {
            second.start();
            await().atMost(RunFixture.PATIENCE).until(() -> second.status().state() == State.STANDBY);

            run.supervisor().close();

            await().atMost(RunFixture.PATIENCE).until(() -> second.status().state() == State.STREAMING);
        }
    }

    @Test
    void commitThatIsNotYetVisibleIsNotEvictedUntilItIs() throws Exception {
        try (var run = new RunFixture(database, redis, "run_gate").startAndStream()) {
            run.execute("INSERT INTO run_gate VALUES (1, 'old')");
            await().atMost(RunFixture.PATIENCE)
                    .until(() -> !run.supervisor().recent().last(1).isEmpty());
            run.cache(1);
            try (var hidden = new HiddenCommit(database, "UPDATE run_gate SET name = 'new'")) {
                double asked = run.registry
                        .get("freshet.invalidator.visibility.wait")
                        .timer()
                        .count();
                await().during(java.time.Duration.ofMillis(700))
                        .atMost(RunFixture.PATIENCE)
                        .until(() -> run.redis().exists(run.key(1)) == 1);
                assertThat(run.query("SELECT count(*) FROM run_gate WHERE name = 'old'"))
                        .isEqualTo(1);
                assertThat(asked).isGreaterThan(0);
                assertThat(hidden.isHidden()).isTrue();
            }
            run.awaitGone(1);
            assertThat(run.query("SELECT count(*) FROM run_gate WHERE name = 'old'"))
                    .isZero();
        }
    }

    @Test
    void aStandbyThatDoesNotAnswerHoldsNoMarkerUp() {
        try (var run = new RunFixture(database, redis, "run_local").startAndStream()) {
            run.execute("ALTER SYSTEM SET synchronous_standby_names = 'nobody'", "SELECT pg_reload_conf()");
            try {
                await().atMost(RunFixture.PATIENCE)
                        .until(() ->
                                run.query("SELECT count(*) FROM pg_settings WHERE name = 'synchronous_standby_names'"
                                                + " AND setting = 'nobody'")
                                        == 1);
                for (int i = 0; i < 3; i++) {
                    String position = run.position("lsn");
                    await().atMost(RunFixture.PATIENCE).until(() -> !position.equals(run.position("lsn")));
                }
            } finally {
                run.execute("ALTER SYSTEM RESET synchronous_standby_names", "SELECT pg_reload_conf()");
            }
        }
    }
}
