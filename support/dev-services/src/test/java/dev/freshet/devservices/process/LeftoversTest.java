// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.freshet.devservices.PostgresServer;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.redis.LocalRedis;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing stays behind, however the JVM that started the servers ends. */
class LeftoversTest {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /** Starts both servers, prints their process numbers, and then waits to be ended or ends itself. */
    static final class Victim {
        private Victim() {}

        public static void main(String[] args) throws Exception {
            var postgres = PostgresServer.start();
            var redis = RedisServer.start();
            System.out.println(postgres.port() + " " + redis.port());
            if (args[0].equals("exit")) {
                return;
            }
            System.in.read();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"exit", "INT", "TERM", "KILL"})
    void serversAndFoldersGoWithTheJvm(String end, @TempDir Path temporary) throws Exception {
        assumeFalse(
                end.equals("INT") && interruptsAreIgnored(), "SIGINT is ignored here, as in a shell's background job");
        var jvm = new ProcessBuilder(
                        JAVA,
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        end)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var out = new BufferedReader(new InputStreamReader(jvm.getInputStream()))) {
            assertThat(out.lines().filter(line -> line.matches("\\d+ \\d+")).findFirst())
                    .isPresent();
            var servers = marks(temporary);
            if (!end.equals("exit")) {
                assertThat(servers).hasSize(2).allMatch(mark -> mark.running().isPresent());
                SystemCommands.signal(jvm.pid(), end);
            }
            assertThat(jvm.waitFor(30, SECONDS)).isTrue();

            await().atMost(30, SECONDS).untilAsserted(() -> {
                assertThat(folders(temporary)).isEmpty();
                assertThat(servers).allMatch(mark -> mark.running().isEmpty());
            });
        } finally {
            jvm.destroyForcibly();
        }
    }

    @Test
    void aClosedServerLeavesNeitherProcessNorFolder() throws IOException {
        var redis = LocalRedis.start(
                (host, port, parent) -> "bind " + host + "\nport " + port + "\ndir \"" + parent + "\"\nsave \"\"\n", 0);
        var folder = redis.folder();
        var process = marksOf(folder).get(1);
        assertThat(process.running()).isPresent();

        redis.close();

        assertThat(folder).doesNotExist();
        assertThat(process.running()).isEmpty();
    }

    @Test
    void aKeptFolderStays() throws IOException {
        var folder = WorkFolder.create("kept");
        Files.writeString(folder.path().resolve("log"), "…");
        folder.keep();
        assertThat(folder.path().resolve("log")).exists();
        assertThat(folder.path().resolve(WorkFolder.OWNER)).doesNotExist();
        folder.close();
        assertThat(folder.path()).doesNotExist();
    }

    /** A process that starts with SIGINT ignored hands that on, and no JVM below it hears a Ctrl-C. */
    private static boolean interruptsAreIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return false;
        }
        long sigint = 1L << 1;
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).trim(), 16) & sigint) != 0);
    }

    private static List<ProcessMark> marks(Path temporary) throws IOException {
        return folders(temporary).stream()
                .map(LeftoversTest::marksOf)
                .flatMap(marks -> marks.stream().skip(1))
                .toList();
    }

    private static List<ProcessMark> marksOf(Path folder) {
        try {
            return Files.readAllLines(folder.resolve(WorkFolder.OWNER)).stream()
                    .map(ProcessMark::parse)
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<Path> folders(Path temporary) throws IOException {
        try (Stream<Path> all = Files.list(temporary)) {
            return all.filter(path -> path.getFileName().toString().startsWith("freshet-"))
                    .toList();
        }
    }
}
