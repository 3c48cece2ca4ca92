// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.backend.DevServicesException;
import dev.freshet.devservices.fault.FaultProxy;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.invalidator.run.status.State;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Publication or slot are found defective, at the start and while streaming. */
@WithPostgres
@WithRedis
class MendingTest {
    private final TestDatabase database;
    private final RedisServer redis;

    MendingTest(TestDatabase database, RedisServer redis) {
        this.database = database;
        this.redis = redis;
    }

    /**
     * It wrote before the table was published. Its change is not delivered, and a purge before its commit is too early.
     */
    @Test
    void aPurgeWaitsForTransactionsThatWroteBeforeTheGapWasMended() throws Exception {
        try (var run = new RunFixture(database, redis, "mend_wait");
                Connection older = older(run)) {
            run.cache(1);
            run.start();
            awaitReason(run, "waits for transactions older than");
            assertThat(run.redis().exists(run.key(1))).isEqualTo(1);

            older.commit();

            run.awaitState(State.STREAMING);
            assertThat(run.redis().exists(run.key(1))).isZero();
            assertThat(run.count("purges")).isEqualTo(2);
        }
    }

    /** A change that commits before the slot exists is never delivered. */
    @Test
    void whatIsCachedWhileTheSlotIsMadeIsPurgedToo() throws Exception {
        try (var run = new RunFixture(database, redis, "mend_first");
                Connection older = database.connect()) {
            older.setAutoCommit(false);
            older.createStatement().execute("INSERT INTO mend_first VALUES (2, 'x')");
            run.start();
            awaitReason(run, "a slot waits");
            run.cache(1);
            run.execute("INSERT INTO mend_first VALUES (1, 'x')");
            older.commit();
            run.awaitState(State.STREAMING);
            assertThat(run.redis().exists(run.key(1))).isZero();
        }
    }

    /** Session reads compare their positions with it, but positions of two histories are not comparable. */
    @Test
    void aPositionOfAnotherHistoryIsWithdrawnBeforeAnythingIsWaitedFor() throws Exception {
        try (var run = new RunFixture(database, redis, "mend_early").startAndStream();
                Connection older = database.connect()) {
            run.supervisor().close();
            older.setAutoCommit(false);
            older.createStatement().execute("INSERT INTO mend_early VALUES (1, 'x')");
            run.redis().hset("mend-early:~position", "timeline", "9");
            run.start();
            awaitReason(run, "waits for transactions older than");
            assertThat(run.position("lsn")).isNull();
            older.commit();
            run.awaitState(State.STREAMING);
        }
    }

    @Test
    void whatAnAdministratorMustMendIsWaitedForOnceItHasStreamed() {
        try (var run = new RunFixture(database, redis, "mend_later").startAndStream()) {
            run.cache(7);
            await().atMost(RunFixture.PATIENCE)
                    .until(() -> dropped("mend_later", "SELECT pg_create_physical_replication_slot('mend_later')"));
            awaitReason(run, "expected pgoutput");
            assertThat(run.supervisor().ended()).isNotDone();
            assertThat(run.position("lsn")).isNull();
            database.dropSlot("mend_later");
            run.awaitState(State.STREAMING);
            assertThat(run.redis().exists(run.key(7))).isZero();
        }
    }

    @Test
    void aSlotDroppedWhileItRunsIsMadeAnewAndTheNamespacePurged() {
        try (var run = new RunFixture(database, redis, "mend_slot").startAndStream()) {
            run.cache(7);
            await().atMost(RunFixture.PATIENCE).until(() -> dropped("mend_slot"));
            await().atMost(RunFixture.PATIENCE).until(() -> run.redis().exists(run.key(7)) == 0);
            run.awaitState(State.STREAMING);
            run.cache(1);
            run.execute("INSERT INTO mend_slot VALUES (1, 'x')");
            run.awaitGone(1);
        }
    }

    @Test
    void changesDoNotWaitWhileTheSourceIsInspected() {
        var answered = new CountDownLatch(1);
        try (var proxy = new FaultProxy(
                        database.server().host(), database.server().port());
                var run = through(proxy, "mend_inspect")
                        .heartbeat(Duration.ofMillis(50))
                        .startAndStream()) {
            var inspection = proxy.failAt(
                    FaultProxy.Moment.NEVER,
                    request -> request.contains("pg_publication_tables"),
                    1,
                    () -> awaitUninterruptibly(answered));
            await().atMost(RunFixture.PATIENCE).until(inspection::reached);
            run.cache(2);
            run.execute("INSERT INTO mend_inspect VALUES (2, 'while it waits')");
            run.awaitGone(2);
            assertThat(run.supervisor().status().state()).isEqualTo(State.STREAMING);
        } finally {
            answered.countDown();
        }
    }

    @Test
    void aPublicationThatLosesATableWhileItRunsIsNoticedAndTheNamespacePurged() {
        try (var run = new RunFixture(database, redis, "mend_live").startAndStream()) {
            run.cache(7);
            run.execute(
                    "ALTER PUBLICATION mend_live DROP TABLE mend_live", "INSERT INTO mend_live VALUES (7, 'unseen')");
            await().atMost(RunFixture.PATIENCE).until(() -> run.redis().exists(run.key(7)) == 0);
            run.awaitState(State.STREAMING);
            assertThat(run.count("purges")).isEqualTo(2);
        }
    }

    /** It is right again when the next run checks, but changes in between may be missing. */
    @Test
    void aTableThatDidNotFitForAWhileMeansPurge() {
        try (var proxy = new FaultProxy(
                        database.server().host(), database.server().port());
                var run = through(proxy, "mend_column")
                        .heartbeat(Duration.ofMillis(50))
                        .startAndStream()) {
            run.cache(7);
            proxy.failAt(
                    FaultProxy.Moment.NEVER,
                    request -> request.contains("pg_try_advisory_lock"),
                    1,
                    () -> run.execute("ALTER TABLE mend_column RENAME COLUMN nr TO id"));
            run.execute("ALTER TABLE mend_column RENAME COLUMN id TO nr");
            run.awaitGone(7);
            run.awaitState(State.STREAMING);
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private RunFixture through(FaultProxy proxy, String slot) {
        String url = "jdbc:postgresql://" + proxy.address() + "/" + database.name();
        return new RunFixture(database, redis.uri(), slot, url, Duration.ofSeconds(10));
    }

    /** Leaves a stopped run whose table is no longer published. Returns an open transaction that has changed row 1. */
    private Connection older(RunFixture run) throws SQLException {
        run.startAndStream();
        run.supervisor().close();
        String table = run.settings().slot();
        run.execute(
                "INSERT INTO " + table + " VALUES (1, 'old')", "ALTER PUBLICATION " + table + " DROP TABLE " + table);
        Connection older = database.connect();
        older.setAutoCommit(false);
        older.createStatement().execute("UPDATE " + table + " SET name = 'new'");
        return older;
    }

    private static void awaitReason(RunFixture run, String text) {
        await().atMost(RunFixture.PATIENCE)
                .until(() -> String.valueOf(run.supervisor().status().reason()).contains(text));
    }

    /** Returns false if the engine takes the slot again before it is dropped. */
    private boolean dropped(String slot, String... andThen) {
        try {
            database.dropSlot(slot);
            database.execute(andThen);
            return true;
        } catch (DevServicesException e) {
            return false;
        }
    }
}
