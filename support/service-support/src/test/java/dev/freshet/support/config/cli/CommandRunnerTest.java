// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.support.config.ConfigException;
import dev.freshet.support.config.Environment;
import dev.freshet.support.config.postgres.JdbcOptions;
import dev.freshet.support.config.postgres.JdbcSettings;
import dev.freshet.support.config.terminal.EscapedOutput;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

class CommandRunnerTest {
    private static final String URL = "jdbc:postgresql://db/freshet?sslmode=verify-full";

    private final StringWriter errors = new StringWriter();
    private final Probe probe = new Probe();

    @Command(name = "probe")
    static final class Probe implements Callable<Integer> {
        @Mixin
        JdbcOptions jdbc;

        @Option(names = "--cache-ttl", defaultValue = "300s")
        Duration cacheTtl;

        Environment environment;
        JdbcSettings settings;
        SQLException failure;

        @Override
        public Integer call() throws SQLException {
            settings = jdbc.settings(environment);
            if (failure != null) {
                throw failure;
            }
            return 0;
        }
    }

    @Test
    void takesOptionsFromTheEnvironment() {
        var code = run(Map.of(
                "FRESHET_JDBC_URL",
                URL,
                "FRESHET_JDBC_USER",
                "reader",
                "FRESHET_JDBC_PASSWORD",
                "s3cret",
                "FRESHET_CACHE_TTL",
                "5m"));
        assertThat(code).isZero();
        assertThat(probe.cacheTtl).isEqualTo(Duration.ofMinutes(5));
        assertThat(probe.settings.url()).isEqualTo(URL);
        assertThat(probe.settings.properties()).containsEntry("user", "reader").containsEntry("password", "s3cret");
        assertThat(probe.settings).asString().isEqualTo("jdbc:postgresql://db/freshet");
    }

    @Test
    void prefersAnOptionToTheEnvironment() {
        run(Map.of("FRESHET_JDBC_URL", URL, "FRESHET_CACHE_TTL", "5m"), "--cache-ttl=250ms");
        assertThat(probe.cacheTtl).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void fallsBackToTheDefault() {
        run(Map.of("FRESHET_JDBC_URL", URL));
        assertThat(probe.cacheTtl).isEqualTo(Duration.ofSeconds(300));
        assertThat(probe.settings.properties()).isEmpty();
    }

    @Test
    void namesWhatIsMissing() {
        assertThat(run(Map.of())).isEqualTo(2);
        assertThat(errors)
                .asString()
                .contains("neither --jdbc-url nor FRESHET_JDBC_URL is set")
                .doesNotContain("Usage:");
    }

    @Test
    void refusesTheUrlOfAnotherDatabaseInOneLine() {
        assertThat(run(Map.of("FRESHET_JDBC_URL", "jdbc:mysql:x?password=s3cret")))
                .isEqualTo(2);
        assertThat(errors.toString().strip())
                .isEqualTo("FRESHET_JDBC_URL begins with 'jdbc:mysql:'; expected jdbc:postgresql://host:port/database");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "m", "-5s", "1.5s", "5 s", "5d", "9999999999s"})
    void refusesWhatIsNoDuration(String text) {
        assertThat(run(Map.of("FRESHET_JDBC_URL", URL, "FRESHET_CACHE_TTL", text)))
                .isEqualTo(2);
        assertThat(errors).asString().contains("'" + text + "' is not a duration");
    }

    @ParameterizedTest
    @CsvSource({"--cache-ttl=5, --cache-ttl", "--cache-ttl 5, --cache-ttl"})
    void anOptionThatIsWrongIsCalledAsItWasGiven(String given, String name) {
        assertThat(run(Map.of("FRESHET_JDBC_URL", URL, "FRESHET_CACHE_TTL", "1h"), given.split(" ")))
                .isEqualTo(2);
        assertThat(errors)
                .asString()
                .startsWith("Invalid value for " + name + ": ")
                .doesNotContain("FRESHET_");
    }

    @Test
    void aVariableThatIsWrongIsCalledByItsName() {
        assertThat(run(Map.of("FRESHET_JDBC_URL", URL, "FRESHET_CACHE_TTL", "5")))
                .isEqualTo(2);
        assertThat(errors).asString().startsWith("Invalid value for FRESHET_CACHE_TTL: ");
    }

    @Test
    void aSettingThatIsRefusedLaterIsCalledAsItWasGiven() {
        assertThat(run(Map.of("FRESHET_JDBC_URL", URL), "--jdbc-url=jdbc:mysql:x"))
                .isEqualTo(2);
        assertThat(errors).asString().startsWith("--jdbc-url ");
    }

    @Test
    void anOptionThatIsMisspeltIsTold() {
        assertThat(run(Map.of(), "--jdbc-ulr=x")).isEqualTo(2);
        assertThat(errors).asString().contains("'--jdbc-ulr'", "--jdbc-url").doesNotContain("neither");
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsNoFaultOfTheProgram() {
        probe.failure = new SQLException("The connection attempt failed.", "08001", new UnknownHostException("db"));
        assertThat(run(Map.of("FRESHET_JDBC_URL", URL))).isEqualTo(1);
        assertThat(errors.toString().strip()).isEqualTo("could not ask the database: host db is not known");
    }

    private int run(Map<String, String> variables, String... arguments) {
        probe.environment = new Environment(variables);
        return CommandRunner.commandLine(probe, probe.environment)
                .setErr(new PrintWriter(errors, true))
                .execute(arguments);
    }

    @Command(name = "parent", mixinStandardHelpOptions = true, subcommands = Child.class)
    static final class Parent {}

    @Command(name = "printer")
    static final class Printer implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            spec.commandLine().getOut().println("title \u001b]0;x\u0007, direction \u202e, one\ttab");
            spec.commandLine().getErr().printf("over\rwritten, CSI \u009b2J%n");
            EscapedOutput.beneath(spec.commandLine().getErr()).print("\r\u001b[K");
            throw ConfigException.bad("--key", "\u001b[8m", "a key");
        }
    }

    /** What a command prints may hold what others wrote: a terminal would obey it. */
    @Test
    void controlCharactersAreShown() {
        var out = new StringWriter();
        int code = CommandRunner.commandLine(new Printer(), new Environment(Map.of()))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(errors))
                .execute();
        assertThat(code).isEqualTo(2);
        assertThat(out.toString())
                .isEqualTo("title \\u001b]0;x\\u0007, direction \\u202e, one\ttab" + System.lineSeparator());
        assertThat(errors.toString())
                .isEqualTo("over\\u000dwritten, CSI \\u009b2J" + System.lineSeparator() + "\r\u001b[K"
                        + "--key is '\\u001b[8m'; expected a key" + System.lineSeparator());
    }

    @Command(name = "child", mixinStandardHelpOptions = true)
    static final class Child implements Callable<Integer> {
        @Override
        public Integer call() {
            return 0;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "-V", "child --version"})
    void everyCommandKnowsTheVersion(String arguments) {
        var out = new StringWriter();
        var code = CommandRunner.commandLine(new Parent(), new Environment(Map.of()))
                .setOut(new PrintWriter(out))
                .execute(arguments.split(" "));
        assertThat(code).isZero();
        assertThat(out.toString()).startsWith("freshet ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run --help", "--help run", "child run --help", "child --no-such --help", "run --version"})
    void helpForWhatDoesNotExistIsRefusedByName(String arguments) {
        var code = CommandRunner.commandLine(new Parent(), new Environment(Map.of()))
                .setErr(new PrintWriter(errors))
                .execute(arguments.split(" "));
        assertThat(code).isEqualTo(2);
        assertThat(errors.toString()).containsAnyOf("'run'", "'--no-such'");
    }
}
