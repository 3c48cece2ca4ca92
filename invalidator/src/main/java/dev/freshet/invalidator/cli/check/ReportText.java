// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.check;

import dev.freshet.invalidator.cli.Counted;
import dev.freshet.model.finding.Code;
import dev.freshet.model.finding.Finding;
import dev.freshet.model.finding.Layer;
import dev.freshet.model.finding.Place;
import dev.freshet.model.finding.Severity;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A report for people. */
final class ReportText {
    /** More notes of one code than that are told in one line. */
    private static final int MOST_NOTES = 3;

    private final PrintWriter out;
    private final boolean all;

    /** @param all whether each note has a line, however many there are of its code */
    ReportText(PrintWriter out, boolean all) {
        this.out = out;
        this.all = all;
    }

    /** A line for each finding, with what mends it below; and one for many notes of one code, so that they hide nothing. */
    void findings(Report report) {
        Map<Code, List<Finding>> notes =
                report.findings().stream().filter(ReportText::isMereNote).collect(Collectors.groupingBy(Finding::code));
        for (Finding finding : report.findings()) {
            List<Finding> alike = isMereNote(finding) ? notes.get(finding.code()) : List.of();
            if (all || alike.size() <= MOST_NOTES) {
                out.println(line(finding));
                finding.remedy().forEach(statement -> out.println("    " + statement));
            } else if (alike.get(0) == finding) {
                out.println(folded(alike));
            }
        }
        out.flush();
    }

    private static boolean isMereNote(Finding finding) {
        return finding.code().severity() == Severity.NOTE && finding.remedy().isEmpty();
    }

    private static String folded(List<Finding> alike) {
        Code code = alike.get(0).code();
        String first = alike.stream()
                .limit(MOST_NOTES)
                .map(finding -> finding.place().kind() == Place.Kind.FILE
                        ? finding.place().toString()
                        : finding.place().name())
                .collect(Collectors.joining(", "));
        return code.severity() + ": "
                + Finding.text(
                        code,
                        alike.size() + " times: " + code.explanation().title() + ": " + first + " and "
                                + (alike.size() - MOST_NOTES) + " more; --all lists them");
    }

    static String line(Finding finding) {
        String at = finding.place().kind() == Place.Kind.FILE ? finding.place() + ": " : "";
        return at + finding.code().severity() + ": " + Finding.text(finding.code(), finding.found());
    }

    /** What it comes to. */
    void verdict(Report report) {
        if (report.hasErrors()) {
            List<String> counts = new ArrayList<>();
            for (Severity severity : Severity.values()) {
                if (report.count(severity) > 0) {
                    counts.add(Counted.of(report.count(severity), severity.toString()));
                }
            }
            out.println(String.join(", ", counts) + "; 'freshet help "
                    + report.findings().stream()
                            .filter(Finding::isError)
                            .findFirst()
                            .orElseThrow()
                            .code()
                            .id()
                    + "' explains a code");
        } else if (report.state(Layer.DATABASE) == Report.State.NOT_ASKED) {
            out.println(
                    "The mapping can be read. Whether it fits the tables, only the database can tell: give --jdbc-url"
                            + " without --offline.");
        } else {
            out.println("Nothing would be missed.");
        }
        out.flush();
    }

    /**
     * Only what mends it, ready to paste, each with a comment on its purpose. What need not be mended is commented out.
     */
    void statements(Report report) {
        Set<String> lines = new LinkedHashSet<>();
        for (Finding finding : report.findings()) {
            boolean file = finding.place().kind() == Place.Kind.FILE;
            if (finding.code().severity() != Severity.NOTE) {
                lines.add("-- " + (file ? finding.place() + ": " : "") + (finding.isError() ? "" : "optional: ")
                        + Finding.text(finding.code(), finding.found()));
            }
            finding.remedy().forEach(remedy -> lines.add((finding.isError() ? "" : "-- ") + remedy));
        }
        // Several findings may have the same statement.
        lines.forEach(out::println);
        out.flush();
    }
}
