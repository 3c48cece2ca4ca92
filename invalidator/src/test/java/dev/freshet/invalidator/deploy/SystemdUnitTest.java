// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshet.invalidator.InvalidatorMain;
import dev.freshet.support.config.Environment;
import dev.freshet.support.config.cli.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unit: checked by systemd itself where it is installed. Its command line is run by the end-to-end tests. */
class SystemdUnitTest {
    private static final String UNIT = "deploy/systemd/freshet-invalidator.service";
    /** Of 10.0, in tenths. What remains is the network, which it needs. */
    private static final int MOST_EXPOSED = 20;

    @TempDir
    Path folder;

    @Test
    void systemdKnowsEveryLineOfIt() throws Exception {
        // A copy, whose program exists on every machine.
        String text = DeployFiles.text(UNIT).replace("/usr/bin/java", java().toString());
        Path unit = Files.writeString(folder.resolve("freshet-invalidator.service"), text);
        assertThat(analyze("verify", unit.toString())).isEmpty();
    }

    @Test
    void itIsConfined() throws Exception {
        String told = analyze(
                "security",
                "--offline=true",
                "--no-pager",
                "--threshold=" + MOST_EXPOSED,
                DeployFiles.file(UNIT).toString());
        assertThat(told).contains("Overall exposure level");
    }

    /** Without systemd: what nobody should take away. */
    @Test
    void itIsNobodyAndMayDoNothing() {
        assertThat(DeployFiles.text(UNIT).lines())
                .contains(
                        "DynamicUser=yes",
                        "CapabilityBoundingSet=",
                        "NoNewPrivileges=yes",
                        "ProtectSystem=strict",
                        "ProtectHome=yes",
                        "PrivateTmp=yes",
                        "PrivateDevices=yes",
                        "RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX",
                        "SystemCallFilter=@system-service")
                .noneMatch(line -> line.startsWith("User=") || line.startsWith("MemoryDenyWriteExecute=yes"));
    }

    @Test
    void everySettingIsOneOfTheCommand() {
        var settings = Stream.concat(
                        DeployFiles.text(UNIT)
                                .lines()
                                .filter(line -> line.startsWith("Environment="))
                                .flatMap(line -> Stream.of(line.substring(12).split(" "))),
                        DeployFiles.text("deploy/systemd/invalidator.env")
                                .lines()
                                .filter(line -> line.matches("#?FRESHET_.*"))
                                .map(line -> line.replaceFirst("^#", "")))
                .map(each -> each.substring(0, each.indexOf('=')))
                .toList();
        assertThat(settings).contains("FRESHET_MAPPING", "FRESHET_REDIS_PASSWORD_FILE", "FRESHET_JDBC_URL");
        var command = CommandRunner.commandLine(new InvalidatorMain(), new Environment(Map.of()));
        var known = Stream.concat(
                        command.getSubcommands().get("run").getCommandSpec().options().stream()
                                .map(option -> "FRESHET_"
                                        + option.longestName()
                                                .substring(2)
                                                .toUpperCase()
                                                .replace('-', '_')),
                        Stream.of("FRESHET_JDBC_PASSWORD_FILE", "FRESHET_REDIS_PASSWORD_FILE", "FRESHET_LOG_LEVEL"))
                .toList();
        assertThat(known).containsAll(settings);
    }

    private static String analyze(String... arguments) throws IOException, InterruptedException {
        var words = Stream.concat(Stream.of("systemd-analyze"), Stream.of(arguments))
                .toList();
        assumeTrue(isInstalled("systemd-analyze"), "systemd-analyze is not installed: not checked by systemd");
        var process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String told = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(told).isZero();
        return told;
    }

    private static boolean isInstalled(String program) {
        return List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(each -> Files.isExecutable(Path.of(each, program)));
    }

    private static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }
}
