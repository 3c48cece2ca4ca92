// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.invalidator.InvalidatorMain;
import dev.freshet.support.config.Environment;
import dev.freshet.support.config.cli.CommandRunner;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code check} where nobody is, or may be, asked. */
@Tag("memory")
class OfflineCheckTest {
    private static final String SOUND =
            "freshet: 1\nentities: { shelf: { table: shelf, id: id, keys: [ 'shelf:{id}' ] } }\n";
    /** Nobody listens there. */
    private static final Map<String, String> SERVERS =
            Map.of("FRESHET_JDBC_URL", "jdbc:postgresql://127.0.0.1:1/db", "FRESHET_REDIS_URL", "redis://127.0.0.1:1");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @Test
    void aSoundMappingPassesAndWhatWasNotAskedIsSaid() throws IOException {
        assertThat(check(SOUND, SERVERS, "--offline")).isZero();
        assertThat(out.toString())
                .contains("The mapping can be read", "--jdbc-url")
                .doesNotContain("Nothing would be missed");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void withoutADatabaseItIsNotPassedByMistake() throws IOException {
        assertThat(check(SOUND, Map.of())).isEqualTo(2);
        assertThat(err.toString())
                .contains("neither --jdbc-url nor FRESHET_JDBC_URL is set")
                .contains("--offline");
    }

    @ParameterizedTest
    @CsvSource({"--offline --apply", "--offline --for-role=x", "--offline --sql", "--sql --format=json"})
    void whatExcludesEachOtherIsRefused(String options) throws IOException {
        assertThat(check(SOUND, SERVERS, options.split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains("is given beside").contains("expected one of them");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            FR101 | freshet: [
            FR102 | { freshet: 1, entitis: {} }
            FR103 | { freshet: 1, tags: maybe, entities: { a: { id: id, table: a } } }
            FR104 | { freshet: 1 }
            FR105 | { freshet: 1, freshet: 1 }
            FR106 | { freshet: 7, entities: { a: { id: id, table: a } } }
            FR107 | { freshet: 1, namespace: A, entities: { a: { id: id, table: a } } }
            FR111 | { freshet: 1, entities: { a: { id: id, table: a, references: { b: x } } } }
            FR112 | { freshet: 1, entities: { a: { id: id, table: a, references: { b: [x, y] } }, b: { id: id, table: b } } }
            FR113 | { freshet: 1, entities: { a: { id: id, table: a, ignored: id } } }
            FR114 | { freshet: 1, entities: { a: { id: id, table: a }, b: { id: id, table: a } } }
            FR115 | { freshet: 1, entities: { a: { id: i, table: a, references: { b: b }, parent: b }, b: { id: i, table: b, references: { a: a }, parent: a } } }
            FR116 | { freshet: 1, tags: true, entities: { a: { id: i, table: a, references: { b: { columns: x, to: y } }, parent: b }, b: { id: i, table: b } } }
            FR117 | { freshet: 1, tags: true, entities: { a: { id: i, table: a, isolate: o, references: { b: x }, parent: b }, b: { id: i, table: b } } }
            FR121 | { freshet: 1, entities: { a: { id: id, table: a, keys: [ 'a:{id' ] } } }
            FR122 | { freshet: 1, entities: { a: { id: id, table: a, keys: [ 'b:{b.id}' ] }, b: { id: id, table: b } } }
            FR123 | { freshet: 1, entities: { a: { id: id, table: a, keys: [ { key: 'a:{id}', when: 'x >' } ] } } }
            FR124 | { freshet: 1, entities: { a: { id: lower(id), table: a } } }
            """)
    void eachMistakeInAFileHasItsCodeAndItsPlace(String code, String mapping) throws IOException {
        assertThat(check(mapping, SERVERS, "--offline", "--format=json")).isEqualTo(2);
        JsonNode report = new ObjectMapper().readTree(out.toString());
        assertThat(report.path("layers").path("mapping").asText()).isEqualTo("checked");
        assertThat(report.path("layers").path("database").asText()).isEqualTo("not-asked");
        assertThat(report.path("findings").findValuesAsText("code")).contains(code);
        JsonNode found = report.path("findings").get(0);
        assertThat(found.path("severity").asText()).isEqualTo("error");
        assertThat(found.path("layer").asText()).isEqualTo("mapping");
        assertThat(found.path("expected").asText()).isNotEmpty();
        assertThat(found.path("place").path("kind").asText()).isEqualTo("file");
        assertThat(found.path("place").path("name").asText()).endsWith("m.yaml");
        assertThat(found.path("place").path("line").asInt()).isPositive();
        assertThat(found.path("place").path("column").asInt()).isPositive();
        assertThat(report.path("errors").asInt())
                .isEqualTo(report.path("findings").size());

        assertThat(check(mapping, SERVERS, "--offline")).isEqualTo(2);
        assertThat(err.toString()).contains("m.yaml:").contains("error: ").contains("[" + code + "]");
    }

    @Test
    void aTemplateThatAnotherOneHidesIsAWarning() throws IOException {
        String hidden = SOUND.replace("'shelf:{id}'", "'shelf:{id}', { key: 'shelf:{id}', on: [name] }");
        assertThat(check(hidden, SERVERS, "--offline")).isZero();
        assertThat(out.toString()).contains("m.yaml:2:", "warning: template 'shelf:{id}' decides nothing", "[FR125]");
        assertThat(check(hidden, SERVERS, "--offline", "--strict")).isEqualTo(1);
    }

    /** As with text, it is an end with 1 and no stack trace; nothing else is on standard output. */
    @Test
    void aDatabaseThatDoesNotAnswerIsAFinding() throws IOException {
        assertThat(check(SOUND, SERVERS, "--format=json")).isEqualTo(1);
        JsonNode report = new ObjectMapper().readTree(out.toString());
        assertThat(report.path("layers").path("database").asText()).isEqualTo("incomplete");
        assertThat(report.path("findings").get(0).path("code").asText()).isEqualTo("FR201");
    }

    @Test
    void whatIsPipedToPsqlHasNoMessages() throws IOException {
        assertThat(check(SOUND, SERVERS, "--sql")).isEqualTo(1);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("could not ask the database", "[FR201]");
    }

    private int check(String mapping, Map<String, String> variables, String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("m.yaml"), mapping);
        var all = new HashMap<>(variables);
        all.put("FRESHET_MAPPING", file.toString());
        var arguments = new String[options.length + 1];
        arguments[0] = "check";
        System.arraycopy(options, 0, arguments, 1, options.length);
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return CommandRunner.commandLine(new InvalidatorMain(), new Environment(all))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
