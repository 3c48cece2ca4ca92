// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.freshet.core.pipeline.UnreadableException;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.invalidator.run.settings.OnUnreadable;
import dev.freshet.invalidator.run.start.UnreadableChanges;
import dev.freshet.invalidator.run.status.State;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Unreadable changes cause a purge, and the stream continues after them. */
@WithPostgres
@WithRedis
class UnreadableTest {
    private final TestDatabase database;
    private final RedisServer redis;

    UnreadableTest(TestDatabase database, RedisServer redis) {
        this.database = database;
        this.redis = redis;
    }

    /** Debezium fails on columns of a published table whose names differ only in case. */
    @Test
    void aChangeThatCannotBeReadIsPurgedForAndLeftBehind() {
        try (var run = new RunFixture(database, redis, "odd_case").startAndStream()) {
            run.cache(1, 7);
            makeUnreadable(run, "odd_case");
            run.awaitCount("unreadable", 1);
            run.awaitState(State.STREAMING);
            assertThat(run.redis().exists(run.key(1), run.key(7))).isZero();
            assertThat(run.registry
                            .get("freshet.invalidator.purges")
                            .tag("reason", "unreadable")
                            .counter()
                            .count())
                    .isEqualTo(1);
            var skipped = run.supervisor().unreadable().last().orElseThrow();
            assertThat(skipped.why()).contains("differ only by case");
            assertThat(skipped.to()).isGreaterThan(skipped.from());

            run.cache(2, 3);
            run.execute("INSERT INTO odd_case VALUES (2, 'x')");
            run.awaitGone(2);
            assertThat(run.redis().exists(run.key(3))).isEqualTo(1);
            assertThat(run.count("unreadable")).isEqualTo(1);
        }
    }

    /** For a change that kills the process each time, so that nothing is counted. docs/operations.md describes this. */
    @Test
    void aPersonMayMoveTheSlotBehindThem() {
        try (var run = new RunFixture(database, redis, "odd_person")
                .with(OnUnreadable.STOP)
                .startAndStream()) {
            run.cache(7);
            makeUnreadable(run, "odd_person");
            assertThatThrownBy(() -> run.supervisor().ended().join()).hasCauseInstanceOf(UnreadableException.class);

            run.awaitSlotFree();
            run.execute("SELECT pg_replication_slot_advance('odd_person', pg_current_wal_lsn())");
            run.startAndStream();

            assertThat(run.redis().exists(run.key(7))).isZero();
            assertThat(run.registry
                            .get("freshet.invalidator.purges")
                            .tag("reason", "slot-ahead")
                            .counter()
                            .count())
                    .isEqualTo(1);
            assertThat(run.count("unreadable")).isZero();
        }
    }

    @Test
    void anOutageIsNoSuchThing() {
        try (var run = new RunFixture(database, redis, "odd_outage").startAndStream()) {
            run.cache(7);
            for (int i = 1; i <= UnreadableChanges.ATTEMPTS + 1; i++) {
                await().atMost(RunFixture.PATIENCE)
                        .until(() ->
                                run.query("SELECT count(pg_terminate_backend(active_pid)) FROM pg_replication_slots"
                                                + " WHERE slot_name = 'odd_outage' AND active_pid IS NOT NULL")
                                        == 1);
                run.awaitCount("restarts", i);
            }
            run.awaitState(State.STREAMING);
            assertThat(run.count("unreadable")).isZero();
            assertThat(run.redis().exists(run.key(7))).isEqualTo(1);
        }
    }

    /** PostgreSQL itself refuses to send them. */
    @Test
    void bytesThatAreNoUtf8() {
        database.execute(
                "CREATE DATABASE plain_bytes ENCODING 'SQL_ASCII' LOCALE_PROVIDER 'libc' LOCALE 'C' TEMPLATE template0");
        var bytes = new TestDatabase(database.server(), "plain_bytes", database.user(), database.password());
        try (bytes;
                var run = new RunFixture(bytes, redis, "odd_bytes").startAndStream()) {
            run.cache(1);
            run.execute("INSERT INTO odd_bytes SELECT 1, convert_from('\\xe4'::bytea, 'SQL_ASCII')");
            run.awaitGone(1);
            run.awaitCount("unreadable", 1);
            run.cache(2);
            run.execute("INSERT INTO odd_bytes VALUES (2, 'ascii')");
            run.awaitGone(2);
            assertThat(run.supervisor().unreadable().last().orElseThrow().why())
                    .contains("SQLSTATE 22021")
                    .doesNotContain("0xe4");
        }
    }

    /** PostgreSQL converts every other encoding. */
    @Test
    void anotherEncoding() {
        database.execute(
                "CREATE DATABASE latin ENCODING 'LATIN1' LOCALE_PROVIDER 'libc' LOCALE 'C' TEMPLATE template0");
        var latin = new TestDatabase(database.server(), "latin", database.user(), database.password());
        try (latin;
                var run =
                        new RunFixture(latin, redis.uri(), "odd_latin", latin.jdbcUrl(), Duration.ofSeconds(10), """
                          item: { table: odd_latin, id: id, keys: [ "odd:{name}" ] }
                        """)) {
            run.execute(
                    "CREATE TABLE odd_latin (id int PRIMARY KEY, name text)",
                    "ALTER TABLE odd_latin REPLICA IDENTITY FULL");
            run.startAndStream();
            run.redis().set("odd:grün", "cached");
            run.execute("INSERT INTO odd_latin VALUES (1, 'grün')");
            await().atMost(RunFixture.PATIENCE).until(() -> run.redis().exists("odd:grün") == 0);
            assertThat(run.count("unreadable")).isZero();
        }
    }

    private static void makeUnreadable(RunFixture run, String table) {
        run.execute(
                "CREATE TABLE other_" + table + " (id int PRIMARY KEY, \"Name\" text, name text)",
                "ALTER PUBLICATION " + table + " ADD TABLE other_" + table,
                "INSERT INTO other_" + table + " VALUES (1, 'x', 'y')");
    }
}
