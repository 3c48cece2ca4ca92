// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.devservices.junit.CommandOutput;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandTest {
    private final CommandOutput told = new CommandOutput();

    @TempDir
    Path folder;

    private int run(String... arguments) {
        return LabMain.commandLine().setOut(told.writer()).setErr(told.writer()).execute(arguments);
    }

    @Test
    void helpNamesTheOptionsAndTheFaults() {
        assertThat(run("consistency", "--help")).isZero();
        assertThat(told.text())
                .contains("Usage: freshet bench consistency")
                .contains(
                        "--duration",
                        "--seed",
                        "--faults",
                        "kill-invalidator",
                        "stall-visibility",
                        "--fleet",
                        "pause-lease-holder");
    }

    @Test
    void plansAreTriedAsManyAsAreAskedFor() {
        assertThat(run("plan", "--mappings", "20", "--transactions", "400", "--seed", "7"))
                .isZero();
        assertThat(run("plan", "--mappings", "0")).isEqualTo(2);
        assertThat(told.text()).contains("expected at least one mapping").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            consistancy                         | Did you mean: freshet bench consistency
            consistency --duration 5            | such as 90s
            consistency --duration 0s           | --duration is 0; expected at least 1ms
            consistency --faults kill-everybody | expected one of kill-invalidator
            consistency --faults fail-over-redis | with one Redis
            consistency --protocol hope         | expected one of freshet
            consistency --level soon            | expected one of eventual
            consistency --redis cluster         | expected standalone or sentinel
            consistency --readers 1             | --readers is 1, too few
            consistency --writers 0             | --writers is 0
            consistency --processes 1           | --processes is 1
            consistency --fleet -1              | --fleet is -1; expected at most 64 processes
            consistency --fleet many            | --fleet
            consistency --fleet 8 --protocol plain | --fleet is 8 and --protocol leaves out freshet
            consistency --fleet 30              | --readers is 48, of which 30 are left for --processes 3 and --fleet 30
            consistency --fleet 4 --stampede 3  | --stampede is 3 and --fleet is 4
            consistency --fleet 0 --stampede 10 | --stampede is 10 and --fleet is 0
            consistency --fleet 0 --faults kill-reader | without processes that take leases
            consistency --level strong --faults kill-lease-holder | without processes that take leases
            consistency --keys 0                | --keys is 0
            consistency --out FOLDER            | --out is 'FOLDER', which is a directory
            consistency --out FOLDER/none/x     | which is in a folder that does not exist
            plan --mappings 0                   | expected at least one mapping
            plan --transactions -5              | --transactions -5
            plan --seed x                       | Invalid value for --seed: 'x' is not a long
            wal --schema x                      | --schema and --mapping: expected both
            wal --designs 0                     | --designs and --transactions: expected 1 or more
            wal --schema FOLDER/none --mapping FOLDER/none | --schema is 'FOLDER/none', which does not exist
            wal --schema FOLDER --mapping FOLDER | --schema is 'FOLDER', which is a directory
            """)
    void wrongUseEndsWithTwo(String line, String expected) {
        assertThat(told.ended(run(line.replace("FOLDER", folder.toString()).split(" "))))
                .as(told::text)
                .isEqualTo(2);
        assertThat(told.text()).contains(expected.replace("FOLDER", folder.toString()));
    }
}
