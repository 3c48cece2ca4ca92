// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.model.finding.Code;
import dev.freshet.model.finding.Codes;
import dev.freshet.model.finding.Finding;
import dev.freshet.model.finding.Layer;
import dev.freshet.model.finding.Place;
import dev.freshet.model.finding.Place.Kind;
import dev.freshet.model.finding.RedisCode;
import dev.freshet.model.finding.Severity;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("memory")
class ReportTextTest {
    static List<Code> codes() {
        return Codes.all();
    }

    /** Notes alone are told together: of what has to be mended, each has its line. */
    @ParameterizedTest
    @MethodSource("codes")
    void manyNotesOfOneCodeAreOneLineAndNothingElseIs(Code code) {
        List<String> lines = lines(many(code, 12), false);
        if (code.severity() != Severity.NOTE) {
            assertThat(lines).hasSize(12);
            return;
        }
        assertThat(lines)
                .containsExactly("note: 12 times: " + code.explanation().title()
                        + ": n0:*, n1:*, n2:* and 9 more; --all lists them [" + code.id() + "]");
        assertThat(lines(many(code, 12), true)).hasSize(12);
        assertThat(lines(many(code, 3), false)).hasSize(3);
    }

    @Test
    void aNoteWithAStatementHasItsOwnLine() {
        var findings = new ArrayList<>(many(RedisCode.PURGED_KEYS, 5));
        findings.add(Finding.of(RedisCode.PURGED_KEYS, Place.of(Kind.KEYS, "x:*"), "found", "UNLINK x:1"));
        assertThat(lines(findings, false)).hasSize(3).contains("    UNLINK x:1");
    }

    private static List<Finding> many(Code code, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Finding.of(code, Place.of(Kind.KEYS, "n" + i + ":*"), "found " + i))
                .toList();
    }

    private static List<String> lines(List<Finding> findings, boolean all) {
        var report = new Report();
        report.add(Layer.REDIS, Report.State.CHECKED, findings);
        var out = new StringWriter();
        new ReportText(new PrintWriter(out), all).findings(report);
        return out.toString().lines().toList();
    }
}
