// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.e2e.process.Command;
import dev.freshet.e2e.process.EmbeddedCommand;
import dev.freshet.e2e.process.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./freshet} as a user types it. */
class LauncherTest {
    private static final List<String> COMMANDS = List.of("quickstart", "writer", "reader", "invalidator");

    @Test
    void helpNamesEveryCommand() {
        var help = Command.freshet("--help").run().expect(0);
        assertThat(help.output()).contains(COMMANDS);
        assertThat(help.errors()).isEmpty();
    }

    @Test
    void helpListsTheCodesOfFindingsAndExplainsOne() {
        assertThat(Command.freshet("help").run().expect(0).output())
                .contains(COMMANDS)
                .contains("FR234  error");
        assertThat(Command.freshet("help", "FR234").run().expect(0).output()).startsWith("FR234    error, database");
        assertThat(EmbeddedCommand.run(Map.of(), "invalidator", "help", "FR000")
                        .expect(2)
                        .errors())
                .contains("'FR000'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"quickstart", "reader", "init", "bench"})
    void everyProgramHelps(String command) {
        var help = Command.freshet(command, "--help").run().expect(0);
        // The short form of a command helps as that command.
        assertThat(help.output())
                .contains("Usage: freshet " + (command.equals("init") ? "invalidator " : "") + command);
    }

    @ParameterizedTest
    @ValueSource(strings = {"writer", "invalidator"})
    void everyProgramWithCommandsHelps(String program) {
        var help = EmbeddedCommand.run(Map.of(), program, "--help").expect(0);
        assertThat(help.output()).contains("Usage: freshet " + program);
    }

    /** Those of bench are in {@code BenchCommandTest}. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "writer serve",
                "writer migrate",
                "writer verify",
                "writer rebuild",
                "invalidator init",
                "invalidator run",
                "invalidator check",
                "invalidator explain",
                "invalidator test",
                "invalidator plan",
                "writer token",
                "invalidator status",
                "invalidator tail",
                "invalidator evict",
                "invalidator purge",
                "invalidator pause",
                "invalidator resume",
                "invalidator drop",
                "invalidator completion",
                "invalidator record",
                "invalidator audit"
            })
    void everyCommandHelpsAndTellsTheVersion(String command) {
        var words = command.split(" ");
        var help = EmbeddedCommand.run(Map.of(), words[0], words[1], "--help").expect(0);
        assertThat(help.output()).contains("Usage: freshet " + command);
        var version = EmbeddedCommand.run(Map.of(), words[0], "--version").expect(0);
        var told =
                EmbeddedCommand.run(Map.of(), words[0], words[1], "--version").expect(0);
        assertThat(told.output()).isEqualTo(version.output()).startsWith("freshet ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"quickstart", "writer", "reader", "invalidator", "bench"})
    void everyProgramTellsTheVersion(String command) {
        var told = Command.freshet(command, "--version").run().expect(0);
        var version = Command.freshet("--version").run().expect(0).output().strip();
        assertThat(told.output().strip()).isEqualToIgnoringCase(version);
    }

    @Test
    void helpForACommandThatDoesNotExistIsRefused() {
        var reader = Command.freshet("reader", "run", "--help").run();
        var writer = EmbeddedCommand.run(Map.of(), "writer", "run", "--help");
        var invalidator = EmbeddedCommand.run(Map.of(), "invalidator", "serve", "--help");
        assertThat(List.of(reader, writer, invalidator)).allSatisfy(refused -> {
            assertThat(refused.expect(2).output()).isEmpty();
            assertThat(refused.errors()).containsAnyOf("'run'", "'serve'");
        });
    }

    @Test
    void unknownCommandIsRefusedByName() {
        var refused = Command.freshet("quikstart").run().expect(2);
        assertThat(refused.errors())
                .contains("there is no command 'quikstart'; did you mean 'quickstart'?")
                .contains(COMMANDS);
        assertThat(refused.output()).isEmpty();
    }

    @Test
    void noCommandIsRefusedWithTheUsage() {
        assertThat(Command.freshet().run().expect(2).errors()).contains(COMMANDS);
    }

    @Test
    void unknownOptionOfAProgramIsRefusedByName() {
        var refused = Command.freshet("quickstart", "--no-such-option").run().expect(2);
        assertThat(refused.errors()).contains("--no-such-option").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"writer serve", "invalidator run"})
    void unknownOptionIsRefusedByName(String command) {
        var settings =
                Map.of("FRESHET_JDBC_URL", "jdbc:postgresql://localhost/x", "FRESHET_REDIS_URL", "redis://localhost");
        var refused = EmbeddedCommand.run(settings, (command + " --no-such-option").split(" "))
                .expect(2);
        assertThat(refused.errors()).contains("--no-such-option").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"writer serve", "invalidator run", "invalidator init"})
    void missingSettingIsNamed(String command) {
        var refused = EmbeddedCommand.run(Map.of(), command.split(" ")).expect(2);
        assertThat(refused.errors()).contains("--jdbc-url").doesNotContain("\tat ");
    }

    @Test
    void missingSettingOfTheReaderIsNamed() {
        var refused = Command.freshet("reader").run().expect(2);
        assertThat(refused.errors()).contains("--jdbc-url").doesNotContain("\tat ");
    }

    @Test
    void worksFromAnotherFolderAndThroughSymbolicLinks(@TempDir Path folder) throws IOException {
        var bin = Files.createDirectory(folder.resolve("a folder with spaces"));
        var direct = Files.createSymbolicLink(folder.resolve("direct"), Repository.file("freshet"));
        var link = Files.createSymbolicLink(bin.resolve("freshet"), Path.of("../direct"));
        var launched = new Command(
                        List.of(link.toString(), "reader", "--help"),
                        Command.freshet().environment(),
                        bin)
                .run()
                .expect(0);
        assertThat(launched.output()).contains("Usage: freshet reader");
        try (var left = Files.list(bin)) {
            assertThat(left).containsExactly(link);
        }
        Files.delete(direct);
    }

    /** A start is a third shorter with the archive. Run .ci/class-list if too many classes are missing from it. */
    @ParameterizedTest
    @ValueSource(strings = {"writer serve", "reader", "invalidator run"})
    void classesComeFromTheArchiveThatTheBuildMade(String command, @TempDir Path folder) throws IOException {
        var log = folder.resolve("classes.log");
        Command.freshet((command + " --help").split(" "))
                .with(Map.of("FRESHET_JAVA_OPTS", "-Xlog:class+load:file=" + log))
                .run()
                .expect(0);
        var loaded = Files.readAllLines(log);
        var archived = loaded.stream().filter(line -> line.contains("shared objects file"));
        var ours = loaded.stream().filter(line -> line.contains("-app.jar")).filter(line -> !line.contains("picocli"));
        assertThat(archived.count()).isGreaterThan(500);
        assertThat(ours.count()).isLessThan(50);
    }
}
