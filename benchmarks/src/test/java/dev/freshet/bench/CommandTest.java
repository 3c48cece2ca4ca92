// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return BenchMain.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    @Test
    void helpNamesTheOptionsAndTheFaults() {
        assertThat(run("consistency", "--help")).isZero();
        assertThat(out.toString())
                .contains("Usage: freshet bench consistency")
                .contains("--duration", "--seed", "--faults", "kill-invalidator", "stall-visibility");
    }

    @Test
    void plansAreTriedAsManyAsAreAskedFor() {
        assertThat(run("plan", "--mappings", "20", "--transactions", "400", "--seed", "7"))
                .isZero();
        assertThat(run("plan", "--mappings", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("expected at least one mapping").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource({
        "--duration, 5 parsecs, such as 90s",
        "--faults, kill-everybody, 'expected one of kill-invalidator'",
        "--faults, fail-over-redis, with one Redis",
        "--protocol, hope, 'expected one of freshet'",
        "--level, soon, 'expected one of eventual'",
        "--redis, cluster, expected standalone or sentinel",
        "--readers, 1, too few"
    })
    void wrongOptionsAreRefusedWithWhatWasExpected(String option, String value, String expected) {
        assertThat(run("consistency", option, value)).isEqualTo(2);
        assertThat(err.toString()).contains(expected).doesNotContain("\tat ");
    }
}
