// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.cases;

import dev.freshet.core.plan.Eviction;
import dev.freshet.core.stream.Operation;
import dev.freshet.invalidator.cli.cases.CaseResult.Surplus;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prints what came of cases. */
final class CaseReport {
    private final PrintWriter out;

    CaseReport(PrintWriter out) {
        this.out = out;
    }

    void print(CaseResult result) {
        TestCase of = result.ofCase();
        if (result.passed()) {
            out.println("ok    " + of.name());
        } else {
            out.println("FAIL  " + of.name() + "    " + of.at());
            differences(result).forEach(line -> out.println("        " + line));
        }
    }

    /** One line for each difference. */
    static List<String> differences(CaseResult result) {
        var missing = result.missing().stream()
                .map(target -> "missing  " + target + "    expected at "
                        + result.ofCase().expected().targets().get(target));
        return Stream.concat(missing, result.surplus().stream().map(CaseReport::surplus))
                .toList();
    }

    private static String surplus(Surplus surplus) {
        Eviction eviction = surplus.eviction();
        return "surplus  " + Target.of(eviction) + "    " + eviction.reason() + ": "
                + eviction.cause() + ", by "
                + surplus.rules().stream()
                        .map(rule -> rule.text() + " at " + rule.at())
                        .collect(Collectors.joining(" and "));
    }

    void summary(List<CaseResult> results, Coverage coverage) {
        long failed = results.stream().filter(result -> !result.passed()).count();
        out.println(results.size() + (results.size() == 1 ? " case, " : " cases, ") + failed + " failed; "
                + coverage.count() + " of " + coverage.size() + " operations on tables of rules covered");
        out.flush();
    }

    /** What each rule was tried with. */
    void coverage(Coverage coverage) {
        Rule last = null;
        for (Coverage.Line line : coverage.lines()) {
            if (line.rule() != last) {
                last = line.rule();
                out.println(last.text() + "    " + last.at());
            }
            out.println("  " + line.entity() + ": "
                    + line.cells().stream()
                            .map(cell -> (coverage.has(cell) ? "" : "no ") + name(cell.operation()))
                            .collect(Collectors.joining(", ")));
        }
    }

    /** As in a file of cases. */
    private static String name(Operation operation) {
        return operation == Operation.CREATE ? "insert" : operation.toString();
    }
}
