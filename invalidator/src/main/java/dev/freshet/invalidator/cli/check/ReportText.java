// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.check;

import dev.freshet.invalidator.cli.Counted;
import dev.freshet.model.finding.Finding;
import dev.freshet.model.finding.Layer;
import dev.freshet.model.finding.Place;
import dev.freshet.model.finding.Severity;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A report for people. */
final class ReportText {
    private final PrintWriter out;

    ReportText(PrintWriter out) {
        this.out = out;
    }

    /** A line for each finding, with what mends it below. */
    void findings(Report report) {
        report.findings().forEach(finding -> {
            out.println(line(finding));
            finding.remedy().forEach(statement -> out.println("    " + statement));
        });
        out.flush();
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
