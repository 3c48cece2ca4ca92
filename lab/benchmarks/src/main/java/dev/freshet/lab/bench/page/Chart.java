// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.page;

import dev.freshet.lab.bench.result.Metric;
import dev.freshet.lab.bench.result.Results;
import dev.freshet.lab.bench.result.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A bar chart as SVG: a group of bars for each setting, a bar for each subject, with its value in writing. If values are
 * far apart, lengths are logarithmic, and the title says so. Its colors suit light and dark pages.
 */
final class Chart {
    private static final int WIDTH = 760;
    private static final int LABELS = 170;
    private static final int VALUES = 90;
    private static final int LINE = 18;
    private static final int GAP = 12;
    private static final int TOP = 46;
    private static final double FAR_APART = 30;
    private static final String STYLE = """
            text { font: 12px system-ui, sans-serif; fill: #59636e }
            .title { font-size: 14px; font-weight: 600 }
            rect { fill: #8c959f }
            rect.freshet { fill: #1f883d }
            @media (prefers-color-scheme: dark) {
              text { fill: #9198a1 }
              rect { fill: #656c76 }
              rect.freshet { fill: #3fb950 }
            }
            """;

    private final Results results;
    private final Metric metric;
    private final List<String> lines = new ArrayList<>();
    private final double largest;
    private final double smallest;
    private int y = TOP;

    private Chart(Results results, Metric metric) {
        this.results = results;
        this.metric = metric;
        var values = results.settings().stream()
                .flatMap(setting -> results.subjects().stream()
                        .flatMap(subject -> results.spread(setting, subject, metric).stream()))
                .map(Spread::median)
                .filter(value -> value > 0)
                .toList();
        largest = values.stream().max(Double::compare).orElse(1.0);
        smallest = values.stream().min(Double::compare).orElse(1.0);
    }

    static String of(Results results, Metric metric) {
        var chart = new Chart(results, metric);
        results.settings().forEach(chart::group);
        return chart.svg();
    }

    private boolean isLogarithmic() {
        return largest / smallest > FAR_APART;
    }

    private void group(String setting) {
        var subjects = results.subjects().stream()
                .filter(subject -> results.spread(setting, subject, metric).isPresent())
                .toList();
        if (subjects.isEmpty()) {
            return;
        }
        text(0, "title", setting);
        y += LINE;
        for (String subject : subjects) {
            double value =
                    results.spread(setting, subject, metric).orElseThrow().median();
            int length = length(value);
            text(GAP, "", subject);
            lines.add("<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>"
                    .formatted(
                            subject.startsWith("freshet") ? "freshet" : "other",
                            LABELS,
                            y - LINE + 5,
                            length,
                            LINE - 4));
            text(LABELS + length + 6, "", metric.text(value));
            y += LINE;
        }
        y += GAP;
    }

    /** At least one pixel, so that it is seen that there is something. */
    private int length(double value) {
        double share = isLogarithmic()
                ? value <= 0 ? 0 : (1 + Math.log10(value / smallest)) / (1 + Math.log10(largest / smallest))
                : value / largest;
        return Math.max(1, (int) Math.round(share * (WIDTH - LABELS - VALUES)));
    }

    private void text(int x, String style, String text) {
        lines.add("<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>".formatted(style, x, y, escaped(text)));
    }

    private String svg() {
        String title = "%s: %s%s".formatted(results.name(), metric.header(), isLogarithmic() ? " (logarithmic)" : "");
        return String.format(
                Locale.ROOT, """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-label="%s">
                <style>
                %s</style>
                <text class="title" x="0" y="16">%s</text>
                %s
                </svg>
                """, WIDTH, y, escaped(title), STYLE, escaped(title), String.join("\n", lines));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
