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
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code deploy/postgres/least-privilege.sql}: with all of it the invalidator runs, and without any part it does not. */
@WithPostgres
@WithRedis
class LeastPrivilegeRoleTest {
    private static final Path SCRIPT = Path.of("../deploy/postgres/least-privilege.sql");
    private static final String ROLE = "least_privilege";
    private static final String PASSWORD = "only-for-this-test";
    private static final String ENTITIES = """
              room: { table: least.room, id: id, keys: [ { key: "least-privilege:shelf:{shelf.id}", on: [name] } ] }
              shelf: { table: least.shelf, id: id, references: { room: room_id }, keys: [ "least-privilege:shelf:{id}" ] }
            """;
    private static final Pattern VARIABLE = Pattern.compile(":(?:\"(\\w+)\"|'(\\w+)'|(\\w+))");

    private final TestDatabase database;
    private final RedisServer redis;

    @TempDir
    Path folder;

    LeastPrivilegeRoleTest(TestDatabase database, RedisServer redis) {
        this.database = database;
        this.redis = redis;
    }

    @BeforeEach
    void createTables() throws IOException {
        database.execute(
                "CREATE SCHEMA least",
                "CREATE TABLE least.room (id int PRIMARY KEY, name text NOT NULL)",
                "CREATE TABLE least.shelf (id int PRIMARY KEY, room_id int REFERENCES least.room)",
                "ALTER TABLE least.room REPLICA IDENTITY FULL",
                "ALTER TABLE least.shelf REPLICA IDENTITY FULL",
                "INSERT INTO least.room VALUES (1, 'a')",
                "INSERT INTO least.shelf VALUES (7, 1)",
                onDatabase("REVOKE CONNECT ON DATABASE %I FROM PUBLIC"));
        Files.writeString(folder.resolve("m.yaml"), "freshet: 1\nnamespace: least-privilege\nentities:\n" + ENTITIES);
        assertThat(check(database, "--apply")).as("publication and slot").contains("exit 0");
    }

    @AfterEach
    void drop() {
        database.dropSlot(ROLE);
        database.execute(
                "DROP PUBLICATION IF EXISTS " + ROLE,
                "DROP SCHEMA least CASCADE",
                "DROP OWNED BY " + ROLE,
                "DROP ROLE " + ROLE,
                onDatabase("GRANT CONNECT ON DATABASE %I TO PUBLIC"));
    }

    @Test
    void sufficesToCheckAndToRun() {
        database.execute(statements().toArray(String[]::new));
        assertThat(check(database.as(ROLE, PASSWORD))).contains("Nothing would be missed.", "exit 0");
        String asRole = database.jdbcUrl() + "?user=" + ROLE + "&password=" + PASSWORD;
        try (var run = new RunFixture(database, redis.uri(), ROLE, asRole, RunFixture.PATIENCE, ENTITIES)) {
            run.startAndStream();
            run.redis().set("least-privilege:shelf:7", "x");
            run.execute("UPDATE least.room SET name = 'b'");
            run.awaitPublished();
            assertThat(run.redis().exists("least-privilege:shelf:7")).isZero();
        }
    }

    /** Each part, and what check says where it is left out. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            login           | may not log in                             | ALTER ROLE least_privilege LOGIN;
            replication     | replication                                | ALTER ROLE least_privilege REPLICATION;
            grant connect   | may not connect to database                | GRANT CONNECT ON DATABASE
            grant usage     | may not read least.room                    | GRANT USAGE ON SCHEMA least TO least_privilege;
            grant select    | least.shelf                                | GRANT SELECT ON least.shelf TO least_privilege;
            """)
    void isNotEnoughWithoutAnyPart(String part, String message, String statement) {
        var all = statements();
        var rest = new ArrayList<>(all);
        if (part.startsWith("grant")) {
            assertThat(rest.removeIf(each -> each.startsWith(part))).isTrue();
        } else {
            rest.replaceAll(each -> each.replace(" " + part + " ", " "));
        }
        assertThat(rest).as(part).isNotEqualTo(all);
        database.execute(rest.toArray(String[]::new));

        assertThat(check(database, "--for-role=" + ROLE)).contains(message, statement, "exit 1");
    }

    @Test
    void noPartIsForgottenHere() {
        assertThat(statements().stream().filter(each -> each.startsWith("grant")))
                .hasSize(3);
        assertThat(statements().get(0)).startsWith("set log_statement");
        assertThat(statements().get(1)).startsWith("create role \"least_privilege\" login replication noinherit ");
        database.execute("CREATE ROLE " + ROLE);
    }

    /** The script's statements, with its variables put in as psql does. */
    private List<String> statements() {
        String script;
        try {
            script = Files.readString(SCRIPT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var values = Map.of(
                "role",
                ROLE,
                "password",
                PASSWORD,
                "DBNAME",
                database.name(),
                "schemas",
                "least",
                "lookups",
                "least.room, least.shelf");
        String sql = script.replaceAll("(?m)^(--|\\\\).*$", "");
        String filled = VARIABLE.matcher(sql)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1) != null
                                ? "\"" + values.get(found.group(1)) + "\""
                                : found.group(2) != null
                                        ? "'" + values.get(found.group(2)) + "'"
                                        : values.get(found.group(3))));
        return Arrays.stream(filled.split(";"))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toList();
    }

    private String check(TestDatabase as, String... more) {
        var out = new StringWriter();
        var arguments = new ArrayList<>(List.of(
                "check",
                "--jdbc-url=" + as.jdbcUrl() + "?password=" + as.password(),
                "--jdbc-user=" + as.user(),
                "--mapping=" + folder.resolve("m.yaml"),
                "--slot=" + ROLE,
                "--publication=" + ROLE));
        arguments.addAll(List.of(more));
        int code = CommandRunner.commandLine(new InvalidatorMain(), new Environment(Map.of()))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute(arguments.toArray(String[]::new));
        return out + "\nexit " + code;
    }

    private static String onDatabase(String statement) {
        return "DO $$ BEGIN EXECUTE format('" + statement + "', current_database()); END $$";
    }
}
