// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.devservices.Secrets;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.e2e.installation.Installation;
import dev.freshet.e2e.installation.InstallationExtension;
import dev.freshet.e2e.process.Command;
import dev.freshet.e2e.process.Json;
import dev.freshet.e2e.process.Repository;
import dev.freshet.e2e.process.Sidecar;
import dev.freshet.e2e.server.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Follows {@code docs/walkthrough.md} literally: its SQL, its mapping, its commands; and asks about its keys as {@code
 * docs/troubleshooting.md} does.
 */
@ExtendWith(InstallationExtension.class)
class WalkthroughTest {
    private static final List<Repository.Block> BLOCKS =
            Repository.blocks(Repository.text("docs/walkthrough.md"), "A mapping by hand, step by step");
    private static final List<Repository.Block> QUESTIONS =
            Repository.blocks(Repository.text("docs/troubleshooting.md"), "Troubleshooting");
    private static final Pattern KEY = Pattern.compile("\\b(org|profile):\\d+(:members)?");
    private static final Set<String> CACHED =
            Set.of("org:1", "org:2", "org:1:members", "org:2:members", "profile:7", "profile:8");

    private final Installation freshet;
    private final AtomicInteger marks = new AtomicInteger(1000);

    @TempDir
    private Path folder;

    WalkthroughTest(Installation freshet) {
        this.freshet = freshet;
    }

    @BeforeEach
    void haveTheFilesThatThePageNames() throws IOException {
        Files.createSymbolicLink(folder.resolve("freshet"), Repository.file("freshet"));
        Files.writeString(folder.resolve("members.yaml"), block("yaml", 0));
        Files.writeString(folder.resolve("changes.json"), block("json", 0));
    }

    @AfterEach
    void takeTheLinkAway() throws IOException {
        Files.delete(folder.resolve("freshet"));
    }

    @Test
    void noCommandOfThePageIsLeftOutHere() {
        assertThat(BLOCKS.stream().filter(block -> block.info().equals("sh"))).hasSize(3);
    }

    @Test
    void planPrintsWhatTheChangesWouldEvict() {
        var planned = shell(block("sh", 0), Map.of()).run().expect(0).lines();

        assertThat(planned)
                .extracting(line -> Json.parse(line).path("key").asText())
                .containsExactlyInAnyOrder("org:1", "profile:7", "org:1:members", "org:1", "profile:7");
    }

    @Test
    void whatCheckPrintsIsEnoughAndEachChangeEvictsItsKeys() throws Exception {
        try (var members = freshet.createDatabase("walkthrough");
                var dba = new Database(members.connect())) {
            dba.script(block("sql", 0));
            var password = Secrets.random(16);
            dba.execute("create role freshet login replication password '" + password + "'");
            var check = shell(pointedAtUs(block("sh", 1), members, password), Map.of());

            for (var statement : statements(check.run().expect(1))) {
                dba.execute(statement);
            }
            check.run().expect(0);

            var exports = block("sh", 1)
                    .lines()
                    .filter(line -> line.startsWith("export "))
                    .collect(Collectors.joining("\n"));
            var run = pointedAtUs(exports, members, password) + "\nexec " + block("sh", 2);
            try (var sidecar = new Sidecar(shell(run, Map.of("FRESHET_ADMIN_PORT", "0")))) {
                sidecar.awaitLog("listening on http");
                for (var line : block("sql", 1).lines().toList()) {
                    change(line, dba, sidecar);
                }
                ask(pointedAtUs(exports, members, password), sidecar);
            }
        }
    }

    private void ask(String exports, Sidecar sidecar) {
        var admin = Map.of("FRESHET_ADMIN_URL", sidecar.address());
        assertThat(QUESTIONS).hasSize(2);
        var explained =
                shell(exports + "\n" + QUESTIONS.get(0).text(), admin).run().expect(0);
        assertThat(explained.output()).contains("profile:{id}", "profile:{member.id}", "members.yaml:");
        try (var tail = new Sidecar(shell(exports + "\nexec " + QUESTIONS.get(1).text(), admin))) {
            tail.awaitLog("key profile:7 .*members.yaml:");
        }
    }

    private void change(String line, Database dba, Sidecar sidecar) throws SQLException {
        var parts = line.split(";", 2);
        drain(dba, sidecar);
        CACHED.forEach(key -> freshet.cache().redis().set(key, "{}"));
        dba.execute(parts[0]);
        drain(dba, sidecar);
        var promised =
                KEY.matcher(parts[1]).results().map(match -> match.group()).collect(Collectors.toSet());
        if (!promised.isEmpty()) {
            var gone = new TreeSet<>(CACHED);
            gone.removeAll(freshet.cache().existing(CACHED));
            assertThat(gone).as(() -> line + "\n" + sidecar.log()).isEqualTo(promised);
        }
    }

    /** Inserts another organisation, and waits until that was handled. */
    private void drain(Database dba, Sidecar sidecar) throws SQLException {
        var target = dba.position();
        dba.execute("insert into org values (?, 'a mark')", marks.incrementAndGet());
        freshet.cache().awaitPosition("freshet", target, sidecar::log);
    }

    private static String block(String info, int number) {
        var found = BLOCKS.stream().filter(block -> block.info().equals(info)).toList();
        assertThat(found).as("blocks of %s on the page", info).hasSizeGreaterThan(number);
        return found.get(number).text();
    }

    /** Replaces the servers' names and the password, the only things that a reader has to change. */
    private String pointedAtUs(String script, TestDatabase members, String password) {
        return replace(
                replace(
                        replace(script, "jdbc:postgresql://localhost:5432/app", members.jdbcUrl()),
                        "redis://localhost:6379",
                        freshet.redis().uri()),
                "PASSWORD=…",
                "PASSWORD=" + password);
    }

    private static String replace(String script, String there, String here) {
        assertThat(script).contains(there);
        return script.replace(there, here);
    }

    /** The statements that check prints below each problem. */
    private static List<String> statements(Command.Result check) {
        var statements = check.lines().stream()
                .map(String::strip)
                .filter(line -> line.endsWith(";"))
                .toList();
        assertThat(statements).as(check.output()).isNotEmpty();
        return statements;
    }

    /**
     * A shell script, run in the folder with the files. Uses a slot of its own, as slot names are global to the server.
     */
    private Command shell(String script, Map<String, String> settings) {
        var environment = new LinkedHashMap<>(Command.freshet().environment());
        environment.put("FRESHET_SLOT", "walkthrough");
        environment.putAll(settings);
        return new Command(List.of("sh", "-c", "cd '" + folder + "'\n" + script), environment, folder);
    }
}
