// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.invalidator.InvalidatorMain;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@WithPostgres
class CheckCommandTest {
    private final TestDatabase database;
    private final StringWriter out = new StringWriter();

    @TempDir
    Path folder;

    CheckCommandTest(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void createTables() throws Exception {
        database.execute("CREATE TABLE shelf (id int PRIMARY KEY, room int)");
        Files.writeString(folder.resolve("m.yaml"), """
                freshet: 1
                entities:
                  shelf:
                    table: shelf
                    id: id
                    keys: [ "room:{room}:shelf:{id}" ]
                """);
    }

    @AfterEach
    void drop() {
        database.dropSlot("checked");
        database.execute("DROP PUBLICATION IF EXISTS checked", "DROP TABLE shelf");
    }

    @Test
    void printsEachProblemWithItsStatementAndFails() {
        assertThat(check()).isEqualTo(1);
        assertThat(out.toString())
                .contains("the replica identity of public.shelf does not carry room")
                .contains("ALTER TABLE public.shelf REPLICA IDENTITY FULL;")
                .contains("CREATE PUBLICATION checked FOR TABLE public.shelf")
                .contains("pg_create_logical_replication_slot('checked'");
    }

    @Test
    void printedStatementsPastedMakeEverythingRight() {
        assertThat(check("--sql")).isZero();
        String[] statements =
                out.toString().lines().filter(line -> !line.startsWith("--")).toArray(String[]::new);
        assertThat(statements).hasSize(4);
        database.execute(statements);
        out.getBuffer().setLength(0);

        assertThat(check()).isZero();
        assertThat(out.toString()).contains("Nothing would be missed.");
    }

    @Test
    void appliesWhatIsMissingAndThenFindsNothing() {
        assertThat(check("--apply=replica-identity")).isZero();
        assertThat(out.toString())
                .contains("ALTER TABLE public.shelf REPLICA IDENTITY FULL;")
                .contains("Nothing would be missed.");
        out.getBuffer().setLength(0);

        assertThat(check()).isZero();
    }

    @Test
    void appliesWhatTheRoleMayAndTellsWhatIsLeft() {
        database.execute(
                "DO $$ BEGIN CREATE ROLE checker LOGIN REPLICATION PASSWORD 'c'; EXCEPTION WHEN duplicate_object THEN END $$");
        var err = new StringWriter();
        var line = new CommandLine(new InvalidatorMain());
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));

        int exit = line.execute(
                "check",
                "--apply=replica-identity",
                "--jdbc-url=" + database.jdbcUrl() + "?user=checker&password=c",
                "--mapping=" + folder.resolve("m.yaml"),
                "--slot=checked",
                "--publication=checked");

        assertThat(exit).isEqualTo(1);
        assertThat(err.toString()).contains("refused: ").contains("must be owner of table shelf");
        assertThat(out.toString())
                .contains("publication checked does not exist")
                .contains("replication slot checked does not exist");
    }

    @Test
    void mappingThatNamesNoTableFails() throws Exception {
        Files.writeString(
                folder.resolve("m.yaml"),
                "freshet: 1\nentities: { shelf: { table: nowhere, id: id, keys: [\"k:{id}\"] } }\n");
        assertThat(check()).isEqualTo(1);
        assertThat(out.toString()).contains("there is no table public.nowhere");
    }

    @Test
    void ofATableThatIsMissingNothingElseIsSaid() throws Exception {
        assertThat(check("--apply=replica-identity")).isZero();
        Files.writeString(folder.resolve("m.yaml"), """
                freshet: 1
                entities:
                  shelf: { table: shelf, id: id, keys: ["room:{room}:shelf:{id}"] }
                  book: { table: nowhere, id: id, keys: ["book:{id}"] }
                """);
        out.getBuffer().setLength(0);

        assertThat(check()).isEqualTo(1);

        assertThat(out.toString().lines().filter(line -> line.contains("nowhere")))
                .hasSize(1);
        assertThat(out.toString()).contains("there is no table public.nowhere").doesNotContain("PUBLICATION");
    }

    @Test
    void asJsonEachFindingHasItsCodeItsPlaceAndItsStatement() throws Exception {
        assertThat(check("--format=json")).isEqualTo(1);

        JsonNode report = new ObjectMapper().readTree(out.toString());
        assertThat(report.path("version").asInt()).isEqualTo(1);
        assertThat(report.path("layers").path("database").asText()).isEqualTo("checked");
        assertThat(report.path("layers").path("redis").asText()).isEqualTo("not-asked");
        assertThat(report.path("findings").findValuesAsText("code")).contains("FR234", "FR251", "FR261", "FR291");
        JsonNode identity = report.path("findings").get(0);
        assertThat(identity.path("code").asText()).isEqualTo("FR234");
        assertThat(identity.path("place").path("kind").asText()).isEqualTo("file");
        assertThat(identity.path("place").path("line").asInt()).isEqualTo(4);
        assertThat(identity.path("statements").get(0).asText())
                .isEqualTo("ALTER TABLE public.shelf REPLICA IDENTITY FULL;");
        JsonNode publication = report.path("findings").get(1);
        assertThat(publication.path("place")).hasToString("{\"kind\":\"publication\",\"name\":\"checked\"}");
        assertThat(publication.path("layer").asText()).isEqualTo("database");
        assertThat(report.path("errors").asInt()).isEqualTo(3);
    }

    /** What is run is told beside the report. */
    @Test
    void whatIsAppliedDoesNotStandInTheJson() throws Exception {
        assertThat(check("--format=json", "--apply=replica-identity")).isZero();
        assertThat(new ObjectMapper().readTree(out.toString()).path("errors").asInt(1))
                .isZero();
    }

    @Test
    void warningsFailWhereThatIsAskedFor() throws Exception {
        Files.writeString(
                folder.resolve("m.yaml"),
                "freshet: 1\nentities: { shelf: { table: shelf, id: id, ignored: [room], keys: [\"k:{id}\"] } }\n");
        assertThat(check("--apply")).isZero();
        assertThat(out.toString()).contains("warning: ", "[FR235]", "Nothing would be missed.");
        assertThat(check("--strict")).isEqualTo(1);
        assertThat(check("--strict", "--apply=warnings")).isZero();
    }

    private int check(String... more) {
        var arguments = new java.util.ArrayList<>(Arrays.asList(
                "check",
                "--jdbc-url=" + database.jdbcUrlWithUser(),
                "--mapping=" + folder.resolve("m.yaml"),
                "--slot=checked",
                "--publication=checked"));
        arguments.addAll(Arrays.asList(more));
        var line = new CommandLine(new InvalidatorMain());
        line.setOut(new PrintWriter(out, true));
        return line.execute(arguments.toArray(String[]::new));
    }
}
