// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.reader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.devservices.junit.CommandOutput;
import dev.freshet.support.config.Environment;
import dev.freshet.support.config.cli.CommandRunner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A person's mistake with the reader's settings is told in a line or two. Never a stack trace. */
class MistakesTest {
    private final CommandOutput told = new CommandOutput();

    @TempDir
    Path folder;

    private ServerSocket taken;

    @BeforeEach
    void prepare() throws IOException {
        taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Files.createDirectory(folder.resolve("folder"));
        Files.createFile(folder.resolve("empty"));
        Files.write(folder.resolve("utf16"), "\uFEFFsecret".getBytes(StandardCharsets.UTF_16LE));
    }

    @AfterEach
    void free() throws IOException {
        taken.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --prot 1                     | Unknown option: '--prot'
            --port                       | Missing required parameter for option '--port'
            --port 1 --port 2            | should be specified only once
            --port http                  | Invalid value for --port: 'http' is not an int
            --port 70000                 | --port is '70000'; expected a port, 0 to 65535
            --port=-1                    | --port is '-1'; expected a port
            --port TAKEN                 | another process listens at 127.0.0.1:TAKEN; expected a free port
            --host no.such.invalid       | --host is 'no.such.invalid', which is not known here
            --host 192.0.2.1             | --host is '192.0.2.1', which is another machine
            extra                        | Unmatched argument: 'extra'
            --jdbc-url postgres://u:hunter2@h/x   | --jdbc-url begins with 'postgres://'
            --redis-url http://u:hunter2@h        | --redis-url
            --redis-url redis://u:hunter2@h:99999 | --redis-url
            """)
    void wrongUseEndsWithTwo(String line, String expected) {
        assertThat(run(Map.of(), line.split(" "))).as(told::text).isEqualTo(2);
        assertThat(told.text()).contains(filled(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            FRESHET_PORT=http                      | Invalid value for FRESHET_PORT: 'http' is not an int
            FRESHET_PORT=70000                     | FRESHET_PORT is '70000'; expected a port
            FRESHET_JWT_SECRET=hunter2             | FRESHET_JWT_SECRET has only 7 bytes; expected a secret of at least 32
            FRESHET_JWT_SECRET_FILE=FOLDER/empty   | FRESHET_JWT_SECRET and FRESHET_JWT_SECRET_FILE are both set
            FRESHET_JDBC_PASSWORD_FILE=FOLDER/none | FRESHET_JDBC_PASSWORD_FILE is 'FOLDER/none', which does not exist
            FRESHET_JDBC_PASSWORD_FILE=FOLDER/folder | FRESHET_JDBC_PASSWORD_FILE is 'FOLDER/folder', which is a directory; expected a text file
            FRESHET_JDBC_PASSWORD_FILE=FOLDER/utf16  | FRESHET_JDBC_PASSWORD_FILE is 'FOLDER/utf16', which is UTF-16, not UTF-8; expected a text file
            FRESHET_JDBC_PASSWORD_FILE=FOLDER/empty  | FRESHET_JDBC_PASSWORD_FILE is 'FOLDER/empty', which is empty; expected a text file
            FRESHET_REDIS_PASSWORD_FILE=FOLDER/none  | FRESHET_REDIS_PASSWORD_FILE is 'FOLDER/none', which does not exist
            """)
    void aVariableIsCalledByItsName(String variable, String expected) {
        var parts = filled(variable).split("=", 2);
        assertThat(run(Map.of(parts[0], parts[1]))).as(told::text).isEqualTo(2);
        assertThat(told.text()).contains(filled(expected));
    }

    /** In the right place and in a wrong one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "FRESHET_JDBC_URL=postgres://app:%s@db/app",
                "FRESHET_JDBC_URL=jdbc:postgresql://app:%s@db/app",
                "FRESHET_REDIS_URL=http://app:%s@redis",
                "FRESHET_REDIS_URL=redis-cluster://app:%s/x@a",
                "FRESHET_JDBC_PASSWORD_FILE=%s",
                "FRESHET_JWT_SECRET=%s",
                "FRESHET_PORT=redis://:%s@redis"
            })
    void aSecretIsNotQuoted(String setting) {
        var parts = setting.formatted(CommandOutput.SECRET).split("=", 2);
        assertThat(run(Map.of(parts[0], parts[1]))).as(told::text).isPositive();
    }

    private int run(Map<String, String> variables, String... arguments) {
        var all = new HashMap<>(Map.of(
                "FRESHET_JDBC_URL", "jdbc:postgresql://127.0.0.1:1/x",
                "FRESHET_REDIS_URL", "redis://127.0.0.1:1",
                "FRESHET_JWT_SECRET", Running.JWT_SECRET));
        all.putAll(variables);
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = filled(arguments[i]);
        }
        var environment = new Environment(all);
        return told.ended(CommandRunner.commandLine(new ReaderMain(environment), environment)
                .setOut(told.writer())
                .setErr(told.writer())
                .execute(arguments));
    }

    private String filled(String text) {
        return text.replace("TAKEN", Integer.toString(taken.getLocalPort())).replace("FOLDER", folder.toString());
    }
}
