// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.page;

import dev.freshet.lab.bench.result.Metric;
import dev.freshet.lab.bench.result.Results;
import dev.freshet.lab.bench.result.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The comparisons in which Freshet is behind another subject, by what shows when it is printed. */
final class Lost {
    private static final String FRESHET = "freshet";

    /** Of what is printed of a ratio: less than that shows as 1.00. */
    private static final double HALF = 0.005;

    /** Freshet's own, too. */
    private static final String NEAR = "near";

    private Lost() {}

    /** A line for each, in the order of the measurements. */
    static List<String> of(Results results) {
        var lines = new ArrayList<String>();
        for (String setting : results.settings()) {
            for (String other : results.subjects()) {
                if (!other.startsWith(FRESHET) && !other.equals(NEAR)) {
                    var behind = results.metrics().stream()
                            .filter(Metric::compared)
                            .flatMap(metric -> behind(results, setting, other, metric).stream())
                            .toList();
                    if (!behind.isEmpty()) {
                        lines.add("%s, %s, against %s: %s"
                                .formatted(results.name(), setting, other, String.join(", ", behind)));
                    }
                }
            }
        }
        return lines;
    }

    private static List<String> behind(Results results, String setting, String other, Metric metric) {
        return results.ratio(setting, FRESHET, other, metric).map(Spread::median).stream()
                .filter(ratio -> metric.moreIsBetter() ? ratio < 1 - HALF : ratio > 1 + HALF)
                .map(ratio -> String.format(Locale.ROOT, "%s %.2f ×", metric.header(), ratio))
                .toList();
    }
}
