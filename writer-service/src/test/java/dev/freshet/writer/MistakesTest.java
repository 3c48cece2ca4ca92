// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.fault.StubServer;
import dev.freshet.devservices.junit.CommandOutput;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.support.config.Environment;
import dev.freshet.support.config.cli.CommandRunner;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A person's mistake with the writer's commands is told in a line or two. Never a stack trace. */
@WithPostgres
class MistakesTest {
    private final CommandOutput told = new CommandOutput();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            migrte                                             | Did you mean: freshet writer migrate?
            serve --prot 1                                     | Unknown option: '--prot'
            serve --port                                       | Missing required parameter for option '--port'
            serve --port 1 --port 2                            | should be specified only once
            serve --port http                                  | Invalid value for --port: 'http' is not an int
            serve --migrate maybe                              | Invalid value for --migrate: 'maybe' is neither true nor false
            serve --migrate                                    | --migrate
            serve                                              | neither --jdbc-url nor FRESHET_JDBC_URL is set
            serve --jdbc-url jdbc:postgresql://h/x             | FRESHET_JWT_SECRET (or FRESHET_JWT_SECRET_FILE) is not set
            migrate --jdbc-url postgres://u:hunter2@h/x        | --jdbc-url begins with 'postgres://'; expected jdbc:postgresql://
            migrate --jdbc-url jdbc:mysql://u:hunter2@h/x      | --jdbc-url begins with 'jdbc:mysql://'; expected jdbc:postgresql://
            migrate --jdbc-url jdbc:postgresql://h/x?password=hunter2%zz | has a % without two hexadecimal digits
            verify extra --jdbc-url jdbc:postgresql://h/x      | Unmatched argument: 'extra'
            """)
    void wrongUseEndsWithTwo(String line, String expected) {
        assertThat(run(line)).as(told::text).isEqualTo(2);
        assertThat(told.text()).contains(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            jdbc:postgresql://127.0.0.1:1/x?password=hunter2       | Connection to 127.0.0.1:1 refused
            jdbc:postgresql://no-such-host.invalid/x?user=u        | host no-such-host.invalid is not known
            """)
    void aDatabaseThatIsNotThereIsNamed(String url, String expected) {
        for (var command : new String[] {"migrate", "verify", "rebuild"}) {
            assertThat(run(command + " --jdbc-url " + url)).as(told::text).isEqualTo(1);
            assertThat(told.text()).contains(expected);
            told.clear();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -ERR unknown command
            HTTP/1.1 400 Bad Request
            ''
            silence
            """)
    void whatIsNoPostgresIsCalledSo(String answer) throws Exception {
        try (var other = new StubServer(answer)) {
            var address = "127.0.0.1:" + other.port();
            assertThat(run("verify --jdbc-url jdbc:postgresql://" + address + "/db?password=hunter2&loginTimeout=3"))
                    .isEqualTo(1);
            assertThat(told.text()).contains(address).contains("expected PostgreSQL there");
        }
    }

    @Test
    void aDatabaseWithoutTablesIsToldAsSuch(TestDatabase database) {
        for (var command : new String[] {"verify", "rebuild"}) {
            assertThat(run(command + " --jdbc-url " + database.jdbcUrlWithUser()))
                    .as(told::text)
                    .isEqualTo(1);
            assertThat(told.text()).containsIgnoringCase("migrat");
            told.clear();
        }
    }

    @Test
    void aDatabaseThatIsOnlyForReadingIsToldAsSuch(TestDatabase database) {
        var readOnly = database.jdbcUrlWithUser() + "&options=-c%20default_transaction_read_only=on";
        assertThat(run("migrate --jdbc-url " + readOnly)).as(told::text).isEqualTo(1);
        assertThat(told.text()).contains("read-only transaction");
    }

    private int run(String line) {
        return told.ended(CommandRunner.commandLine(new WriterMain(), new Environment(Map.of()))
                .setOut(told.writer())
                .setErr(told.writer())
                .execute(line.split(" ")));
    }
}
