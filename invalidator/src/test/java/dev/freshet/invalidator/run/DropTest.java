// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.invalidator.InvalidatorMain;
import dev.freshet.support.config.Environment;
import dev.freshet.support.config.cli.CommandRunner;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code drop} leaves no trace of Freshet, and touches nothing else. */
@WithPostgres
@WithRedis
class DropTest {
    private final TestDatabase database;
    private final RedisServer redis;
    private final StringWriter told = new StringWriter();

    @TempDir
    Path folder;

    DropTest(TestDatabase database, RedisServer redis) {
        this.database = database;
        this.redis = redis;
    }

    @Test
    void takesAllAwayOnceNoInvalidatorRuns() throws Exception {
        mapping("run_drop");
        try (var run = new RunFixture(database, redis, "run_drop").startAndStream()) {
            run.redis().set("run-drop:{u1}:item:1:own", "x");
            run.redis().set("run-drop:item:settings", "x");
            run.redis().hset("run-drop:~offsets", Map.of("a sink that was here before", "7"));
            run.cache(1);
            run.execute("ALTER TABLE run_drop REPLICA IDENTITY FULL");

            assertThat(drop("run_drop", "--yes", "--replica-identities")).isEqualTo(5);
            assertThat(told.toString()).contains("refused: an invalidator works on slot run_drop (freshet control ");
            assertThat(run.query("SELECT count(*) FROM pg_replication_slots WHERE slot_name = 'run_drop'"))
                    .isOne();

            run.supervisor().close();
            run.cache(1);
            assertThat(drop("run_drop")).isEqualTo(1);
            assertThat(told.toString())
                    .contains("drops  namespace run-drop in Redis: ", " and the position")
                    .contains("drops  key run-drop:~offsets in Redis: how far a sink of Kafka Connect has evicted")
                    .contains("drops  replication slot run_drop    SELECT pg_drop_replication_slot('run_drop');")
                    .contains("drops  publication run_drop: of 1 tables    DROP PUBLICATION run_drop;")
                    .contains("Nothing was deleted");
            assertThat(run.position("lsn")).isNotNull();

            assertThat(drop("run_drop", "--yes", "--replica-identities"))
                    .as(told::toString)
                    .isZero();
            assertThat(run.query("SELECT count(*) FROM pg_replication_slots WHERE slot_name = 'run_drop'"))
                    .isZero();
            assertThat(run.query("SELECT count(*) FROM pg_publication WHERE pubname = 'run_drop'"))
                    .isZero();
            assertThat(run.text("SELECT relreplident FROM pg_class WHERE relname = 'run_drop'"))
                    .isEqualTo("d");
            assertThat(run.redis().keys("run-drop:{*")).isEmpty();
            assertThat(run.redis().exists("run-drop:~position", "run-drop:~offsets"))
                    .isZero();
            assertThat(run.redis().exists(run.key(1))).isOne();

            assertThat(drop("run_drop", "--yes", "--cached-keys"))
                    .as(told::toString)
                    .isZero();
            assertThat(run.redis().exists(run.key(1))).isZero();
            assertThat(run.redis().exists("run-drop:item:settings")).isOne();
            assertThat(drop("run_drop", "--yes")).isZero();
            assertThat(told.toString()).contains("Nothing of Freshet's is left to drop.");
        }
    }

    @Test
    void whatOthersMadeStays() throws Exception {
        mapping("run_keep");
        database.execute(
                "CREATE TABLE run_keep (id int PRIMARY KEY, name text)",
                "ALTER TABLE run_keep REPLICA IDENTITY FULL",
                "CREATE PUBLICATION run_keep FOR TABLE run_keep",
                "CREATE PUBLICATION run_keep_too FOR TABLE run_keep",
                "SELECT pg_create_logical_replication_slot('run_keep', 'test_decoding')");
        try (var run =
                new RunFixture(database, redis.uri(), "run_keep", database.jdbcUrl(), RunFixture.PATIENCE, """
                          item: { table: run_keep, id: id, keys: [ "run-keep:item:{id}" ] }
                        """)) {
            run.redis().hset("run-keep:~position", Map.of("system", "1", "database", "other", "slot", "theirs"));
            run.redis().set("run-keep:{u1}:item:1:own", "x");
            assertThat(drop("run_keep", "--yes", "--replica-identities"))
                    .as(told::toString)
                    .isZero();
            assertThat(told.toString())
                    .contains("keeps  namespace run-keep in Redis: it belongs to slot theirs of database other")
                    .contains("keeps  replication slot run_keep: it is of plugin test_decoding")
                    .contains("keeps  publication run_keep: it lacks the comment")
                    .contains("Nothing of Freshet's is left to drop.")
                    .doesNotContain("REPLICA IDENTITY DEFAULT");
            assertThat(run.query("SELECT count(*) FROM pg_replication_slots WHERE slot_name = 'run_keep'"))
                    .isOne();
            assertThat(run.query("SELECT count(*) FROM pg_publication WHERE pubname = 'run_keep'"))
                    .isOne();
            assertThat(run.redis().exists("run-keep:~position", "run-keep:{u1}:item:1:own"))
                    .isEqualTo(2);
        } finally {
            database.dropSlot("run_keep");
        }
    }

    /** The slot and the publication of its source are Debezium's. */
    @Test
    void theNamespaceOfASinkConnectorGoesOnceNoTaskRuns() throws Exception {
        mapping("run_sink");
        database.execute(
                "CREATE TABLE run_sink (id int PRIMARY KEY, name text)",
                "CREATE PUBLICATION run_sink FOR TABLE run_sink");
        try (var run =
                new RunFixture(database, redis.uri(), "run_sink", database.jdbcUrl(), RunFixture.PATIENCE, """
                          item: { table: run_sink, id: id, keys: [ "run-sink:item:{id}" ] }
                        """)) {
            String system = run.text("SELECT system_identifier::text FROM pg_control_system()");
            run.redis()
                    .hset(
                            "run-sink:~position",
                            Map.of("system", system, "database", database.name(), "slot", "connect/app-sink"));
            run.redis().hset("run-sink:~offsets", Map.of("app-sink app.public.item-0", "7"));
            run.redis().set("run-sink:{u1}:item:1:own", "x");
            assertThat(drop("run_sink", "--yes")).as(told::toString).isZero();
            assertThat(told.toString())
                    .contains("keeps  namespace run-sink in Redis: it belongs to connector app-sink of database");

            try (var task = database.connect();
                    var statement = task.createStatement()) {
                statement.execute("SET application_name = 'freshet connect-sink run-sink'");
                assertThat(drop("run_sink", "--yes", "--connector=app-sink")).isEqualTo(5);
                assertThat(told.toString())
                        .contains("refused: a task of a sink connector is connected: freshet connect-sink run-sink")
                        .contains("Delete connector app-sink, then run this again");
            }
            awaitNoSink(run);
            assertThat(drop("run_sink", "--yes", "--connector=app-sink"))
                    .as(told::toString)
                    .isZero();
            assertThat(told.toString())
                    .contains("drops  key run-sink:~offsets in Redis: how far a sink of Kafka Connect has evicted")
                    .doesNotContain("publication");
            assertThat(run.redis().keys("run-sink:*")).isEmpty();
            assertThat(run.query("SELECT count(*) FROM pg_publication WHERE pubname = 'run_sink'"))
                    .isOne();
        }
    }

    /** PostgreSQL shows a session for a moment after it was closed. */
    private static void awaitNoSink(RunFixture run) throws Exception {
        while (run.query("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                        + " AND application_name LIKE 'freshet connect-sink %'")
                > 0) {
            Thread.onSpinWait();
        }
    }

    /** An idle slot of another program may have the same plugin, database and name as Freshet's. */
    @Test
    void aSlotThatNothingProvesToBeFreshetsIsDroppedByItsNameAlone() throws Exception {
        mapping("run_other");
        database.execute(
                "CREATE TABLE run_other (id int PRIMARY KEY, name text)",
                "SELECT pg_create_logical_replication_slot('run_other', 'pgoutput')");
        try (var run =
                new RunFixture(database, redis.uri(), "run_other", database.jdbcUrl(), RunFixture.PATIENCE, """
                          item: { table: run_other, id: id, keys: [ "run-other:item:{id}" ] }
                        """)) {
            assertThat(drop("run_other", "--yes")).as(told::toString).isZero();
            assertThat(told.toString())
                    .contains("keeps  replication slot run_other: nothing proves that Freshet made it:")
                    .contains("--drop-slot run_other");
            assertThat(run.query("SELECT count(*) FROM pg_replication_slots WHERE slot_name = 'run_other'"))
                    .isOne();

            assertThat(drop("run_other", "--yes", "--drop-slot=freshet")).isEqualTo(2);
            assertThat(told.toString()).contains("--drop-slot is 'freshet'; expected the slot of --slot, run_other");

            assertThat(drop("run_other", "--yes", "--drop-slot=run_other"))
                    .as(told::toString)
                    .isZero();
            assertThat(run.query("SELECT count(*) FROM pg_replication_slots WHERE slot_name = 'run_other'"))
                    .isZero();
        }
    }

    private void mapping(String slot) throws Exception {
        Files.writeString(
                folder.resolve("m.yaml"), """
                freshet: 1
                namespace: %s
                entities: { item: { table: %s, id: id, keys: [ "%s:item:{id}" ] } }
                """.formatted(slot.replace('_', '-'), slot, slot.replace('_', '-')));
    }

    private int drop(String slot, String... options) {
        told.getBuffer().setLength(0);
        var all = new ArrayList<>(List.of(
                "drop",
                "--mapping=" + folder.resolve("m.yaml"),
                "--jdbc-url=" + database.jdbcUrlWithUser(),
                "--redis-url=" + redis.uri(),
                "--slot=" + slot,
                "--publication=" + slot));
        all.addAll(List.of(options));
        var out = new PrintWriter(told, true);
        int code = CommandRunner.commandLine(new InvalidatorMain(), new Environment(Map.of()))
                .setOut(out)
                .setErr(out)
                .execute(all.toArray(String[]::new));
        assertThat(told.toString()).doesNotContain("\tat ");
        return code;
    }
}
