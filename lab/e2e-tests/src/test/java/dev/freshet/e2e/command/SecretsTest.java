// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.command;

import static dev.freshet.e2e.command.MisplacedSecrets.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.freshet.e2e.process.Command;
import dev.freshet.e2e.process.Repository;
import dev.freshet.e2e.process.Sidecar;
import dev.freshet.invalidator.InvalidatorMain;
import dev.freshet.support.config.Environment;
import dev.freshet.support.config.cli.CommandRunner;
import dev.freshet.writer.WriterMain;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever is wrong with an address or a command line, no secret in it is printed or logged. Each command is given each
 * address, by turns in a variable and as an option.
 */
class SecretsTest {
    private static final String DATABASE = "jdbc:postgresql://127.0.0.1:1/app";
    private static final String REDIS = "redis://127.0.0.1:1";
    private static final String MAPPING =
            Repository.file("deploy/mappings/contexts.yaml").toString();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> OF_DATABASE = List.of(
            "invalidator run",
            "invalidator check",
            "invalidator audit",
            "invalidator record --out=/dev/null",
            "writer serve",
            "writer migrate",
            "writer verify",
            "writer rebuild");
    private static final List<String> OF_REDIS = List.of("invalidator run", "invalidator audit");

    private static final List<String> JDBC = MisplacedSecrets.JDBC;
    private static final List<String> REDIS_ADDRESSES = MisplacedSecrets.REDIS;
    private static final List<String> WORDS = MisplacedSecrets.WORDS;

    @ParameterizedTest
    @FieldSource("JDBC")
    void anAddressOfPostgresIsNotQuoted(String address) {
        int turn = JDBC.indexOf(address);
        for (var command : OF_DATABASE) {
            if (turn++ % 2 == 0) {
                refused(command, Map.of("FRESHET_JDBC_URL", address, "FRESHET_REDIS_URL", REDIS));
            } else {
                refused(command + " --jdbc-url", Map.of("FRESHET_REDIS_URL", REDIS), address);
            }
        }
    }

    @ParameterizedTest
    @FieldSource("REDIS_ADDRESSES")
    void anAddressOfRedisIsNotQuoted(String address) {
        int turn = REDIS_ADDRESSES.indexOf(address);
        for (var command : OF_REDIS) {
            if (turn++ % 2 == 0) {
                refused(command, Map.of("FRESHET_JDBC_URL", DATABASE, "FRESHET_REDIS_URL", address));
            } else {
                refused(command + " --redis-url", Map.of("FRESHET_JDBC_URL", DATABASE), address);
            }
        }
    }

    @ParameterizedTest
    @FieldSource("WORDS")
    void whatStandsInVainIsNotQuoted(String words) {
        for (var command : OF_DATABASE) {
            refused(command, Map.of("FRESHET_JDBC_URL", DATABASE, "FRESHET_REDIS_URL", REDIS), words.split(" "));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"quickstart --jdbc-password=%s", "bench consistency --redis-url redis://:%s@redis"})
    void commandsWithoutAddressesQuoteNone(String line) {
        var ended = Command.freshet(line.formatted(SECRET).split(" ")).run().expect(2);
        assertThat(ended.output() + ended.errors()).isNotBlank().doesNotContain(SECRET);
    }

    /** Valid settings are not logged either, at any log level. */
    @Test
    void nothingIsLoggedOfAnAddressThatDoesNotAnswer(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("redis"), SECRET + "\n");
        var variables = Map.of(
                "FRESHET_JDBC_URL",
                DATABASE + "?user=app&sslpassword=" + SECRET + "&password=" + SECRET,
                "FRESHET_REDIS_URL",
                "redis://app:" + SECRET + "@127.0.0.1:1",
                "FRESHET_REDIS_PASSWORD_FILE",
                file.toString(),
                "FRESHET_LOG_LEVEL",
                "trace",
                "FRESHET_MAPPING",
                MAPPING);
        var run = Command.freshet("invalidator", "run", "--admin-port=0").with(variables);
        var reader = Command.freshet("reader", "--port=0")
                .with(variables)
                .with(Map.of("FRESHET_JWT_SECRET", SECRET.repeat(4)));
        saysWithoutTheSecret(run, "failed: ");
        saysWithoutTheSecret(reader, "cannot connect to Redis");
        var check = Command.freshet("invalidator", "check").with(variables).run();
        assertThat(check.output() + check.errors()).contains("could not ask").doesNotContain(SECRET);
    }

    private static void saysWithoutTheSecret(Command command, String text) {
        try (var sidecar = new Sidecar(command)) {
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(sidecar.everything()).contains(text).doesNotContain(SECRET));
        }
    }

    /** It ends with the exit code for wrong usage, and with a message that does not contain the secret. */
    private static void refused(String command, Map<String, String> variables, String... more) {
        var words = command.split(" ");
        var all = new HashMap<>(variables);
        all.put("FRESHET_MAPPING", MAPPING);
        var environment = new Environment(all);
        var line = CommandRunner.commandLine(
                words[0].equals("writer") ? new WriterMain() : new InvalidatorMain(), environment);
        var arguments = new String[words.length - 1 + more.length];
        System.arraycopy(words, 1, arguments, 0, words.length - 1);
        System.arraycopy(more, 0, arguments, words.length - 1, more.length);
        var printed = new ByteArrayOutputStream();
        var stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
        var out = System.out;
        var err = System.err;
        System.setOut(stream);
        System.setErr(stream);
        int code;
        try {
            line.setOut(new PrintWriter(stream, true)).setErr(new PrintWriter(stream, true));
            code = assertTimeoutPreemptively(PATIENCE, () -> line.execute(arguments));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        var text = printed.toString(StandardCharsets.UTF_8);
        assertThat(text).as(command + " " + List.of(more)).isNotBlank().doesNotContain(SECRET);
        assertThat(code).as(text).isPositive();
    }
}
