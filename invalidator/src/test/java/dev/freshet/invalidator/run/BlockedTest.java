// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.freshet.core.source.SetupException;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.invalidator.run.status.State;
import dev.freshet.invalidator.run.status.Status;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Problems that a person must fix. At the start they end the process; later they are one state with one reason until
 * they are fixed.
 */
@WithPostgres
@WithRedis
class BlockedTest {
    private final TestDatabase database;
    private final RedisServer redis;

    BlockedTest(TestDatabase database, RedisServer redis) {
        this.database = database;
        this.redis = redis;
    }

    @BeforeEach
    void makeRole() {
        database.execute("DROP ROLE IF EXISTS worker", "CREATE ROLE worker LOGIN SUPERUSER PASSWORD 'right'");
    }

    private RunFixture asWorker(String slot) {
        return new RunFixture(database.as("worker", "right"), redis, slot);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ALTER ROLE worker NOLOGIN | ALTER ROLE worker LOGIN | not permitted to log in",
                "ALTER ROLE worker PASSWORD 'wrong' | ALTER ROLE worker PASSWORD 'right' | authentication failed",
                "ALTER TABLE blocked RENAME TO away | ALTER TABLE away RENAME TO blocked | no table public.blocked",
                "ALTER TABLE blocked RENAME id TO nr | ALTER TABLE blocked RENAME nr TO id | id",
                "ALTER TABLE blocked ADD \"NAME\" text | ALTER TABLE blocked DROP \"NAME\" | differ only by case",
            })
    void isOneStateWithOneReasonUntilItIsMended(String harm, String mending, String reason) {
        try (var run = asWorker("blocked")) {
            try {
                run.startAndStream();
                run.cache(7);
                database.execute(harm);
                end();
                run.awaitState(State.BLOCKED);
                Status status = run.supervisor().status();
                assertThat(status.reason()).contains(reason);
                double restarts = run.count("restarts");
                await().atMost(RunFixture.PATIENCE).until(() -> {
                    assertThat(run.supervisor().status()).isEqualTo(status);
                    return run.count("restarts") >= restarts + 4;
                });
                assertThat(run.supervisor().ended()).isNotDone();
                assertThat(run.count("unreadable")).isZero();
                database.execute(mending);
                run.awaitState(State.STREAMING);
                assertThat(run.supervisor().status().reason()).isNull();
                run.cache(1);
                database.execute("INSERT INTO blocked VALUES (1, 'x')");
                run.awaitGone(1);
            } finally {
                database.execute("ALTER ROLE worker LOGIN PASSWORD 'right'");
            }
        } finally {
            database.dropSlot("blocked");
            database.execute(
                    "DROP PUBLICATION IF EXISTS blocked", "DROP TABLE IF EXISTS blocked, away", "DROP OWNED BY worker");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "worker | wrong | postgres | authentication failed",
                "nobody | right | postgres | authentication failed",
                "worker | right | no_such_database | does not exist",
            })
    void endsTheProcessWhenItStarts(String user, String password, String name, String reason) {
        var wrong = new TestDatabase(database.server(), name, user, password);
        try (var run = new RunFixture(wrong, redis.uri(), "blocked_start", wrong.jdbcUrl(), Duration.ofSeconds(10), """
                          item: { table: t, id: id, keys: [ "t:{id}" ] }
                        """)
                .start()) {
            assertThatThrownBy(() -> run.supervisor().ended().join())
                    .hasCauseInstanceOf(SetupException.class)
                    .hasMessageContaining(reason)
                    .hasMessageContaining("check ");
        }
    }

    @Test
    void aHostThatNobodyKnowsIsNamed() {
        try (var run = new RunFixture(
                        database,
                        redis.uri(),
                        "blocked_host",
                        "jdbc:postgresql://no-such-host.invalid/app",
                        Duration.ofSeconds(10))
                .start()) {
            assertThatThrownBy(() -> run.supervisor().ended().join())
                    .hasCauseInstanceOf(SetupException.class)
                    .hasMessageContaining("no-such-host.invalid is not known");
        }
    }

    /** A server may not be up yet, for example when containers start together. */
    @Test
    void aServerThatIsNotThereYetIsWaitedForWithAReasonAllTheTime() throws Exception {
        int port;
        try (var socket = new java.net.ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        try (var run = new RunFixture(
                        database,
                        redis.uri(),
                        "blocked_wait",
                        "jdbc:postgresql://127.0.0.1:" + port + "/app",
                        Duration.ofSeconds(10))
                .start()) {
            run.awaitState(State.FAILED);
            Instant since = run.supervisor().status().since();
            await().atMost(RunFixture.PATIENCE).until(() -> {
                assertThat(run.supervisor().status().reason()).contains("refused");
                return run.count("restarts") >= 4;
            });
            assertThat(run.supervisor().status().since()).isEqualTo(since);
            assertThat(run.supervisor().ended()).isNotDone();
        }
    }

    /** Settings of the role. The invalidator overrides all of them. */
    @Test
    void whatARoleOfOthersIsLimitedToDoesNotHinderIt() {
        database.execute(
                "ALTER ROLE worker SET default_transaction_read_only = on",
                "ALTER ROLE worker SET default_transaction_isolation = 'serializable'",
                "ALTER ROLE worker SET default_transaction_deferrable = on",
                "ALTER ROLE worker SET statement_timeout = '5s'",
                "ALTER ROLE worker SET lock_timeout = '1ms'",
                "ALTER ROLE worker SET idle_in_transaction_session_timeout = '3s'",
                "ALTER ROLE worker SET idle_session_timeout = '3s'",
                "ALTER ROLE worker SET row_security = off");
        database.execute("CREATE TABLE blocked_limits (id int PRIMARY KEY, name text)");
        try (var run = new RunFixture(
                        database.as("worker", "right"),
                        redis.uri(),
                        "blocked_limits",
                        database.jdbcUrl(),
                        Duration.ofSeconds(10),
                        """
                          item: { table: blocked_limits, id: id, keys: [ "blocked-limits:item:{id}" ] }
                        """)
                .startAndStream()) {
            // Longer than any of them.
            await().during(Duration.ofSeconds(6)).atMost(RunFixture.PATIENCE).until(() -> run.count("restarts") == 0);
            for (int i = 0; i < 3; i++) {
                String position = run.position("lsn");
                await().atMost(RunFixture.PATIENCE).until(() -> !position.equals(run.position("lsn")));
            }
            run.cache(1);
            database.execute("INSERT INTO blocked_limits VALUES (1, 'x')");
            run.awaitGone(1);
            assertThat(run.count("restarts")).isZero();
        } finally {
            database.execute("ALTER ROLE worker RESET ALL", "DROP OWNED BY worker");
            database.dropSlot("blocked_limits");
        }
    }

    private void end() {
        database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'worker'");
    }
}
