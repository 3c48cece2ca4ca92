// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.status;

import java.util.HashMap;
import java.util.Map;

/**
 * The meters of {@code /metrics}, in Prometheus' text format, summed over their labels.
 *
 * @param nanoTime when they were read
 */
record Meters(Map<String, Double> sums, long nanoTime) {
    Meters {
        sums = Map.copyOf(sums);
    }

    static Meters read(String text, long nanoTime) {
        var sums = new HashMap<String, Double>();
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            int space = line.lastIndexOf(' ');
            int brace = line.indexOf('{');
            if (space > 0) {
                String name = line.substring(0, brace > 0 && brace < space ? brace : space);
                try {
                    sums.merge(name, Double.parseDouble(line.substring(space + 1)), Double::sum);
                } catch (NumberFormatException e) {
                    // +Inf and the like are no counters.
                }
            }
        });
        return new Meters(sums, nanoTime);
    }

    /** A counter's value; 0 if there is no such counter. */
    double count(String name) {
        return sums.getOrDefault("freshet_" + name + "_total", 0.0);
    }
}
