// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A table for each setting: a line for each subject, with the median, the range and the ratio of each metric. */
public final class ResultTable {
    private ResultTable() {}

    /** The lines to print. */
    public static List<String> of(Results results) {
        var lines = new ArrayList<String>();
        for (String setting : results.settings()) {
            lines.add("");
            lines.add(setting);
            lines.addAll(TextTable.aligned(rows(results.at(setting))));
        }
        return lines;
    }

    /** The header and a row for each subject, at the one setting of these results. */
    public static List<List<String>> rows(Results results) {
        var rows = new ArrayList<List<String>>();
        rows.add(Stream.concat(
                        Stream.of(""),
                        results.metrics().stream()
                                .flatMap(metric -> metric.compared()
                                        ? Stream.of(metric.header(), "× " + results.baseline())
                                        : Stream.of(metric.header())))
                .toList());
        for (String subject : results.subjects()) {
            rows.add(row(results, results.settings().get(0), subject));
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
                        .map(ratio -> String.format(Locale.ROOT, "%.2f", ratio.median()))
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
}
