// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.result;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A table for each setting: a line for each subject, with the median, the range and the ratio of each metric. */
public final class ResultTable {
    private static final String GAP = "  ";

    private ResultTable() {}

    /** The lines to print. */
    public static List<String> of(Results results) {
        var lines = new ArrayList<String>();
        for (String setting : results.settings()) {
            lines.add("");
            lines.add(setting);
            lines.addAll(aligned(rows(results, setting)));
        }
        return lines;
    }

    private static List<List<String>> rows(Results results, String setting) {
        var rows = new ArrayList<List<String>>();
        rows.add(Stream.concat(
                        Stream.of(""),
                        results.metrics().stream()
                                .flatMap(metric -> metric.compared()
                                        ? Stream.of(metric.header(), "× " + results.baseline())
                                        : Stream.of(metric.header())))
                .toList());
        for (String subject : results.subjects()) {
            if (results.samples().stream()
                    .anyMatch(sample ->
                            sample.setting().equals(setting) && sample.subject().equals(subject))) {
                rows.add(row(results, setting, subject));
            }
        }
        return rows;
    }

    private static List<String> row(Results results, String setting, String subject) {
        var row = new ArrayList<String>();
        row.add(subject);
        for (Metric metric : results.metrics()) {
            row.add(results.spread(setting, subject, metric)
                    .map(spread -> cell(spread, metric))
                    .orElse(""));
            if (metric.compared()) {
                row.add(results.ratio(setting, subject, metric)
                        .map(ratio -> "%.2f".formatted(ratio.median()))
                        .orElse(""));
            }
        }
        return row;
    }

    private static String cell(Spread spread, Metric metric) {
        String median = metric.text(spread.median());
        return spread.min() == spread.max()
                ? median
                : median + " (" + metric.text(spread.min()) + "–" + metric.text(spread.max()) + ")";
    }

    /** Names on the left, numbers on the right. */
    private static List<String> aligned(List<List<String>> rows) {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String padding = " ".repeat(widths[i] - row.get(i).length());
            line.append(GAP).append(i == 0 ? row.get(i) + padding : padding + row.get(i));
        }
        return line.toString().stripTrailing();
    }
}
