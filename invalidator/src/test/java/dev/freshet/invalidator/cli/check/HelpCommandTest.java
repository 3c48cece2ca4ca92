// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.invalidator.InvalidatorMain;
import dev.freshet.model.finding.Code;
import dev.freshet.model.finding.Codes;
import dev.freshet.support.config.Environment;
import dev.freshet.support.config.cli.CommandRunner;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("memory")
class HelpCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void withoutACodeItListsAll() {
        assertThat(help()).isZero();
        assertThat(out.toString().lines().filter(line -> line.startsWith("FR")))
                .hasSize(Codes.all().size())
                .allSatisfy(line -> assertThat(line.length()).isLessThan(120));
        assertThat(Codes.all())
                .extracting(Code::id)
                .allSatisfy(id -> assertThat(out.toString()).contains(id));
    }

    @Test
    void aCodeIsExplained() {
        assertThat(help("fr234")).isZero();
        assertThat(out.toString())
                .startsWith("FR234    error, database")
                .contains("a replica identity that is too small", "what it means", "if it stays", "what to do")
                .contains("check --apply=replica-identity");
        assertThat(out.toString().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
    }

    @Test
    void ofACommandItListsTheOptions() {
        assertThat(help("check")).isZero();
        assertThat(out.toString()).contains("Usage: freshet invalidator check", "--offline");
    }

    @Test
    void whatIsNeitherIsRefusedWithTheNearest() {
        assertThat(help("chekc")).isEqualTo(2);
        assertThat(err.toString()).contains("there is no code or command 'chekc'; did you mean 'check'?");
        assertThat(help("everything")).isEqualTo(2);
        assertThat(err.toString()).contains("'everything'; 'freshet help' lists the codes");
    }

    private int help(String... subject) {
        var line = CommandRunner.commandLine(new InvalidatorMain(), new Environment(Map.of()))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
        return subject.length == 0 ? line.execute("help") : line.execute("help", subject[0]);
    }
}
