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
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rights that {@code check --apply --for-role} grants are enough to run. */
@WithPostgres
@WithRedis
class RightsTest {
    private static final String PASSWORD = "only-for-this-test";
    private static final String ENTITIES = """
              room: { table: rights.room, id: id, keys: [ { key: "rights:shelf:{shelf.id}", on: [name] } ] }
              shelf: { table: rights.shelf, id: id, references: { room: room_id }, keys: [ "rights:shelf:{id}" ] }
            """;

    private final TestDatabase database;
    private final RedisServer redis;

    RightsTest(TestDatabase database, RedisServer redis) {
        this.database = database;
        this.redis = redis;
    }

    @Test
    void areEnoughToRun(@TempDir Path folder) throws Exception {
        database.execute(
                "CREATE ROLE rights_role LOGIN PASSWORD '" + PASSWORD + "'",
                "CREATE SCHEMA rights",
                "CREATE TABLE rights.room (id int PRIMARY KEY, name text NOT NULL)",
                "CREATE TABLE rights.shelf (id int PRIMARY KEY, room_id int REFERENCES rights.room)",
                "INSERT INTO rights.room VALUES (1, 'a')",
                "INSERT INTO rights.shelf VALUES (7, 1)");
        var mapping =
                Files.writeString(folder.resolve("m.yaml"), "freshet: 1\nnamespace: rights\nentities:\n" + ENTITIES);
        setUp(mapping);
        String asRole = database.jdbcUrl() + "?user=rights_role&password=" + PASSWORD;
        try (var run = new RunFixture(database, redis.uri(), "rights", asRole, RunFixture.PATIENCE, ENTITIES)) {
            run.startAndStream();
            assertThat(run.text("SELECT usename FROM pg_stat_activity a JOIN pg_replication_slots s"
                            + " ON s.active_pid = a.pid WHERE s.slot_name = 'rights'"))
                    .isEqualTo("rights_role");
            run.redis().set("rights:shelf:7", "x");
            run.execute("UPDATE rights.room SET name = 'b'");
            run.awaitPublished();
            assertThat(run.redis().exists("rights:shelf:7")).isZero();
        }
    }

    private void setUp(Path mapping) {
        var out = new StringWriter();
        int code = CommandRunner.commandLine(new InvalidatorMain(), new Environment(Map.of()))
                .setOut(new PrintWriter(out, true))
                .execute(
                        "check",
                        "--jdbc-url=" + database.jdbcUrl() + "?password=" + database.password(),
                        "--jdbc-user=" + database.user(),
                        "--mapping=" + mapping,
                        "--slot=rights",
                        "--publication=rights",
                        "--apply",
                        "--for-role=rights_role");
        assertThat(code).as(out.toString()).isZero();
    }
}
