// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.support.config.Environment;
import dev.freshet.support.config.cli.CommandRunner;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code plan --against}: what only one of two mappings evicts. */
@Tag("memory")
class PlanDifferenceTest {
    private static final String OLD = """
            freshet: 1
            entities:
              org: { table: org, id: org_id, keys: [ "org:{org_id}" ] }
              member:
                table: member
                id: id
                references: { org: org_id }
                keys: [ "profile:{id}", "old:{id}" ]
            """;
    private static final String NEW = """
            freshet: 1
            entities:
              org: { table: org, id: org_id, keys: [ "org:{org_id}", "profile:{member.id}" ] }
              member:
                table: member
                id: id
                references: { org: org_id }
                keys: [ "profile:{id}" ]
              note: { table: note, id: id, keys: [ "note:{id}" ] }
            """;

    private static final String MEMBER = event("c", "member", "null", "{\"id\":7,\"org_id\":1}", 1);
    private static final String RENAMED =
            event("u", "org", "{\"org_id\":1,\"name\":\"a\"}", "{\"org_id\":1,\"name\":\"b\"}", 2);
    private static final String NOTE = event("c", "note", "null", "{\"id\":5}", 3);

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void whatIsGainedAndLostIsToldTransactionByTransaction() throws IOException {
        assertThat(plan(NEW, OLD, event("r", "org", "null", "{\"org_id\":1,\"name\":\"a\"}", 0), MEMBER, RENAMED, NOTE))
                .isZero();
        assertThat(out.toString().lines())
                .hasSize(3)
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("{\"change\":\"lost\",\"key\":\"old:7\",\"reason\":\"own\","
                                        + "\"entity\":\"member\",\"cause\":{\"table\":\"public.member\"")
                                .contains("\"tx\":1"),
                        line -> assertThat(line)
                                .startsWith("{\"change\":\"gained\",\"key\":\"profile:7\",\"reason\":\"own\"")
                                .contains("\"table\":\"public.org\"", "\"tx\":2"),
                        line -> assertThat(line)
                                .startsWith("{\"change\":\"gained\",\"key\":\"note:5\"")
                                .contains("\"tx\":3"));
        assertThat(err.toString())
                .contains("3 changes in 3 transactions -> gained 2 keys, 0 tags, 0 patterns; lost 1 key, 0 tags,"
                        + " 0 patterns; 2 the same; 1 row of a snapshot");
    }

    @Test
    void theOtherWayRoundIsTheReverse() throws IOException {
        assertThat(plan(OLD, NEW, MEMBER, RENAMED, NOTE)).isZero();
        assertThat(out.toString().lines().map(line -> line.replaceFirst(",\"reason.*", "")))
                .containsExactly(
                        "{\"change\":\"gained\",\"key\":\"old:7\"",
                        "{\"change\":\"lost\",\"key\":\"profile:7\"",
                        "{\"change\":\"lost\",\"key\":\"note:5\"");
    }

    @Test
    void changesOfOneTransactionAreComparedTogether() throws IOException {
        String inFirst = event("c", "org", "null", "{\"org_id\":2,\"name\":\"x\"}", 9);
        String unmapped = event("c", "note", "null", "{\"id\":5}", 9);
        String inLast = event("c", "member", "null", "{\"id\":8,\"org_id\":2}", 9);
        assertThat(plan(OLD, NEW, inFirst, unmapped, inLast)).isZero();
        // The new mapping evicts profile:8 for two reasons; both evict it.
        assertThat(err.toString()).contains("in 1 transaction -> gained 1 key,", "lost 1 key,", "; 2 the same");
    }

    @Test
    void theSameMappingMakesNoDifference() throws IOException {
        assertThat(plan(OLD, OLD, MEMBER, RENAMED)).isZero();
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("gained 0 keys", "lost 0 keys", "3 the same");
    }

    @Test
    void whatIsWrongSaysByWhichMapping() throws IOException {
        assertThat(plan(
                        OLD,
                        NEW.replace("id: id, keys", "id: note_id, keys").replace("note:{id}", "note:{note_id}"),
                        MEMBER,
                        NOTE))
                .isEqualTo(2);
        assertThat(err.toString()).contains("changes.jsonl:2: by " + folder.resolve("old.yaml") + ": 'after' of");
        assertThat(out.toString()).contains("old:7").as("what came before is compared");
    }

    @Test
    void aFileThatIsNotThereIsNamedByItsOption() throws IOException {
        plan(OLD, OLD, MEMBER);
        err.getBuffer().setLength(0);
        assertThat(run("--against", folder.resolve("none").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("--against is '").contains("which does not exist; expected a mapping");
    }

    private static String event(String op, String table, String before, String after, int tx) {
        return """
                {"op":"%s","before":%s,"after":%s,"source":{"schema":"public","table":"%s","txId":%d}}\
                """.formatted(op, before, after, table, tx);
    }

    private int plan(String now, String old, String... lines) throws IOException {
        Files.writeString(folder.resolve("new.yaml"), now);
        Files.writeString(folder.resolve("old.yaml"), old);
        Files.write(folder.resolve("changes.jsonl"), List.of(lines));
        return run("--against", folder.resolve("old.yaml").toString());
    }

    private int run(String... more) {
        var arguments = new java.util.ArrayList<>(List.of(
                "--mapping",
                folder.resolve("new.yaml").toString(),
                "--changes",
                folder.resolve("changes.jsonl").toString()));
        arguments.addAll(List.of(more));
        return CommandRunner.commandLine(new PlanCommand(), new Environment(Map.of()))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments.toArray(String[]::new));
    }
}
