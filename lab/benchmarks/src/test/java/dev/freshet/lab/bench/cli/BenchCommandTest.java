// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.devservices.junit.CommandOutput;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BenchCommandTest {
    private final CommandOutput told = new CommandOutput();

    @TempDir
    Path folder;

    private int run(String... arguments) {
        return BenchMain.commandLine()
                .setOut(told.writer())
                .setErr(told.writer())
                .execute(arguments);
    }

    @Test
    void helpNamesEveryCommand() {
        assertThat(run("--help")).isZero();
        assertThat(told.text())
                .contains("consistency", "plan", "wal", "all", "latency", "drain", "fanout", "scale", "idle", "startup")
                .contains("takeover", "writer", "reader", "jmh", "report");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"all", "latency", "drain", "fanout", "scale", "idle", "startup", "takeover", "writer", "reader"})
    void everyCommandHelpsAndTellsTheVersion(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(told.text()).contains("Usage: freshet bench " + command, "--quick", "--rounds", "--out");
        assertThat(run(command, "--version")).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            latancy                   | Did you mean: freshet bench latency
            drain --rows 0            | --rows is 0, expected 1 or more
            drain --rows many         | Invalid value for --rows: 'many' is not a long
            drain --heap 4            | --heap is 4, expected 16 or more
            drain --rounds 0          | --rounds is 0, expected 1 or more
            latency --rounds 0        | --rounds is 0, expected 1 or more
            latency --rates 20,0      | --rates: 0 is no rate
            latency --rates fast      | Invalid value for --rates
            idle --rounds -1          | --rounds is -1, expected 1 or more
            startup --rounds 0        | --rounds is 0, expected 1 or more
            writer --rounds 0         | --rounds is 0, expected 1 or more
            writer --connections 0    | --connections: 0 is not a number of connections
            reader --rounds 0         | --rounds is 0, expected 1 or more
            reader --threads 1,1000   | --threads: 1000 is not a number of threads
            jmh NoSuchBenchmark       | no benchmark matches 'NoSuchBenchmark'
            jmh (                     | no benchmark matches '('
            jmh --out FOLDER          | --out is 'FOLDER', which is a directory
            takeover --rounds 0       | --rounds is 0, expected 1 or more
            fanout --keys 10,0        | --keys: [10, 0], expected numbers of 1 or more
            fanout --rounds 0         | --rounds is 0, expected 1 or more
            scale --rows 10           | --rows: [10], expected numbers of 100 or more
            scale --rounds 0          | --rounds is 0, expected 1 or more
            all --out /dev/null       | --out is '/dev/null', which is not a folder
            report --page FOLDER/no   | expected a folder and a file that exist
            drain --out FOLDER        | --out is 'FOLDER', which is a directory
            latency --out FOLDER/no/x | which is in a folder that does not exist
            """)
    void wrongUseEndsWithTwo(String line, String expected) {
        assertThat(told.ended(run(line.replace("FOLDER", folder.toString()).split(" "))))
                .as(told::text)
                .isEqualTo(2);
        assertThat(told.text()).contains(expected.replace("FOLDER", folder.toString()));
    }
}
