// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.devservices.PostgresOptions;
import dev.freshet.devservices.PostgresServer;
import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.fault.FaultProxy;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.invalidator.run.status.State;
import dev.freshet.postgres.connection.InstanceLock;
import dev.freshet.postgres.slot.StreamMark;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** PostgreSQL, Redis and the network between them fail while streaming. */
@WithRedis
class SupervisionTest {
    private static final PostgresServer SERVER =
            PostgresServer.start(PostgresOptions.defaults().withQuickLogins().set("max_slot_wal_keep_size", "1MB"));

    private final RedisServer redis;
    private TestDatabase database;
    private FaultProxy proxy;

    SupervisionTest(RedisServer redis) {
        this.redis = redis;
    }

    @BeforeEach
    void connect() {
        database = SERVER.createDatabase("supervision");
        proxy = new FaultProxy(SERVER.host(), SERVER.port());
    }

    @AfterEach
    void disconnect() {
        proxy.close();
        database.close();
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void nothingIsMissedWhenPostgresRestarts() {
        try (var run = run("sup_restart").startAndStream()) {
            run.cache(1, 2, 3);
            run.execute("INSERT INTO sup_restart VALUES (1, 'x')");
            SERVER.restart();
            run.execute("INSERT INTO sup_restart VALUES (2, 'x')");
            awaitRecovered(run, 2);
            assertThat(run.redis().exists(run.key(1), run.key(3))).isEqualTo(1);
        }
    }

    @Test
    void nothingIsMissedWhenTheNetworkIsCut() {
        try (var run = run("sup_cut").startAndStream()) {
            run.cache(1, 2);
            proxy.cut();
            run.execute("INSERT INTO sup_cut VALUES (1, 'x')");
            awaitRecovered(run, 1);
        }
    }

    /** The connection is up and statements are answered, but the stream is silent. */
    @Test
    void aStreamThatGoesSilentIsOpenedAgain() {
        try (var run = run("sup_stall").startAndStream()) {
            run.cache(1);
            proxy.hold("replication");
            run.execute("INSERT INTO sup_stall VALUES (1, 'x')");
            run.awaitCount("stalls", 1);
            awaitRecovered(run, 1);
        }
    }

    @Test
    void aServerThatHangsCountsAsGone() {
        try (var run = run("sup_hang").startAndStream()) {
            run.cache(1);
            proxy.hold("");
            run.execute("INSERT INTO sup_hang VALUES (1, 'x')");
            run.awaitCount("restarts", 1);
            // What keep-alive does where the network is gone; this one is not, it only lets nothing through.
            proxy.cut();
            awaitRecovered(run, 1);
        }
    }

    /** As if the invalidator's machine lost its network: nothing arrives, and no connection is closed. */
    @Test
    void nothingIsMissedWhenEverythingFallsSilentAtOnce() {
        try (var toRedis = new FaultProxy(redis.host(), redis.port());
                var run = run("sup_silent", "redis://" + toRedis.address()).startAndStream();
                var past = new RawRedis(redis.uri())) {
            past.redis.mset(Map.of(run.key(1), "cached", run.key(2), "cached", run.key(3), "cached"));
            proxy.silence();
            toRedis.silence();
            run.execute("INSERT INTO sup_silent VALUES (1, 'x')");
            run.awaitCount("restarts", 1);
            run.execute("INSERT INTO sup_silent VALUES (2, 'x')");
            // The server hears of it by its keep-alive, which the proxy's machine answers here.
            assertThat(run.query("SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'freshet%'"
                            + " AND datname = current_database()"))
                    .isPositive();
            proxy.cut();
            await().atMost(RunFixture.PATIENCE).until(() -> past.redis.exists(run.key(1), run.key(2)) == 0);
            run.awaitState(State.STREAMING);
            assertThat(past.redis.exists(run.key(3))).isEqualTo(1);
            assertThat(run.count("purges")).isEqualTo(1);
        }
    }

    @Test
    void aSlotThatIsInvalidatedIsMadeAnewAndTheNamespacePurged() {
        try (var run = run("sup_lost").startAndStream()) {
            run.cache(7);
            proxy.hold("");
            await().atMost(RunFixture.PATIENCE).until(() -> {
                run.execute("INSERT INTO sup_lost SELECT coalesce(max(id), 0) + 1, 'x' FROM sup_lost");
                run.execute("SELECT pg_switch_wal()", "CHECKPOINT");
                return run.query("SELECT count(*) FROM pg_replication_slots WHERE slot_name = 'sup_lost'"
                                + " AND wal_status = 'lost'")
                        == 1;
            });
            proxy.cut();
            await().atMost(RunFixture.PATIENCE).until(() -> run.redis().exists(run.key(7)) == 0);
            run.awaitState(State.STREAMING);
            assertThat(run.count("purges")).isEqualTo(2);
            run.cache(1);
            run.execute("UPDATE sup_lost SET name = 'y' WHERE id = 1");
            run.awaitGone(1);
        }
    }

    @Test
    void aSlotThatPostgresTakesLongToMakeIsWaitedFor() throws Exception {
        try (var run = run("sup_slow");
                var older = database.connect()) {
            older.setAutoCommit(false);
            older.createStatement().execute("INSERT INTO sup_slow VALUES (1, 'x')");
            run.start();
            // Longer than statements are waited for otherwise.
            await().during(Duration.ofSeconds(3))
                    .atMost(RunFixture.PATIENCE)
                    .until(() ->
                            String.valueOf(run.supervisor().status().reason()).contains("a slot waits"));
            older.commit();
            run.awaitState(State.STREAMING);
            assertThat(run.count("restarts")).isZero();
        }
    }

    /** As after a network cut: the server has not noticed yet that an earlier run is gone. */
    @Test
    void aStreamThatIsLeftOverIsTerminated() throws Exception {
        try (var run = run("sup_left").startAndStream()) {
            run.supervisor().close();
            run.awaitSlotFree();
            var properties = new Properties();
            properties.setProperty("user", database.user());
            properties.setProperty("password", database.password());
            properties.setProperty("replication", "database");
            properties.setProperty("assumeMinServerVersion", "14");
            properties.setProperty("preferQueryMode", "simple");
            try (var connection = DriverManager.getConnection(database.jdbcUrl(), properties)) {
                StreamMark.set(connection, "sup_left");
                connection
                        .unwrap(PGConnection.class)
                        .getReplicationAPI()
                        .replicationStream()
                        .logical()
                        .withSlotName("sup_left")
                        .withSlotOption("proto_version", 1)
                        .withSlotOption("publication_names", "sup_left")
                        .start();
                assertThat(active(run)).isEqualTo(1);
                run.startAndStream();
                assertThat(active(run)).isEqualTo(1);
            }
        }
    }

    private static long active(RunFixture run) {
        return run.query("SELECT count(*) FROM pg_replication_slots WHERE slot_name = 'sup_left' AND active");
    }

    /** As if somebody recreated it, or the engine did so silently: earlier changes are lost. */
    @Test
    void aSlotThatMovesOnWhileTheStreamIsOpenedIsNoticed() {
        try (var run = run("sup_moved").startAndStream()) {
            run.supervisor().close();
            run.awaitSlotFree();
            run.cache(7);
            run.execute(
                    // Nothing has to come again, or it would be missed.
                    "SELECT pg_replication_slot_advance('sup_moved', '" + run.position("lsn") + "')",
                    "INSERT INTO sup_moved VALUES (7, 'x')");
            var moved = proxy.failAt(
                    FaultProxy.Moment.NEVER,
                    request -> request.contains("START_REPLICATION"),
                    1,
                    () -> run.execute("SELECT pg_replication_slot_advance('sup_moved', pg_current_wal_lsn())"));
            run.start();
            await().atMost(RunFixture.PATIENCE).until(moved::struck);
            await().atMost(RunFixture.PATIENCE).until(() -> run.redis().exists(run.key(7)) == 0);
            run.awaitState(State.STREAMING);
            assertThat(run.count("purges")).isEqualTo(2);
        }
    }

    @Test
    void aStandbyThatIsRehearsingStopsWhenItIsTold() throws Exception {
        try (var run = run("sup_rehearsal");
                var working = database.connect()) {
            assertThat(InstanceLock.tryTake(working, "sup_rehearsal")).isTrue();
            var rehearsal = proxy.failAt(
                    FaultProxy.Moment.NEVER,
                    request -> request.contains("Debezium Validate"),
                    1,
                    () -> proxy.hold("Debezium Validate"));
            run.start();
            await().atMost(RunFixture.PATIENCE).until(rehearsal::struck);
            run.supervisor().close();
            assertThat(run.supervisor().ended()).isDone();
        }
    }

    /** Evictions need no memory; they free it. */
    @Test
    void aRedisWithoutMemoryIsStillEvictedAndShowsThePosition() {
        try (var run = run("sup_oom").startAndStream()) {
            run.cache(1, 2);
            run.redis().configSet("maxmemory-policy", "noeviction");
            run.redis().configSet("maxmemory", "1");
            try {
                run.execute("INSERT INTO sup_oom VALUES (1, 'x')");
                run.awaitGone(1);
                run.awaitPublished();
                assertThat(run.supervisor().status().state()).isEqualTo(State.STREAMING);
            } finally {
                run.redis().configSet("maxmemory", "0");
            }
        }
    }

    private RunFixture run(String name) {
        return run(name, redis.uri());
    }

    private RunFixture run(String name, String redisUri) {
        String url = "jdbc:postgresql://" + proxy.address() + "/" + database.name();
        return new RunFixture(database, redisUri, name, url, Duration.ofSeconds(2));
    }

    private static void awaitRecovered(RunFixture run, int id) {
        run.awaitGone(id);
        run.awaitState(State.STREAMING);
        assertThat(run.count("purges")).isEqualTo(1);
    }
}
