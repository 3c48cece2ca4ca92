// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.bar;

import dev.freshet.lab.bench.result.Results;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Something that Freshet must reach.
 *
 * @param benchmark that measures it
 * @param name what is measured
 * @param unit of value and limit; × for a ratio
 */
public record Bar(String benchmark, String name, Formula formula, Limit limit, String unit) {
    /**
     * How far the values may go.
     *
     * @param upper whether it is the largest value that is allowed, not the smallest
     */
    record Limit(double value, boolean upper) {
        static Limit atMost(double value) {
            return new Limit(value, true);
        }

        static Limit atLeast(double value) {
            return new Limit(value, false);
        }

        boolean allows(double measured) {
            return upper ? measured <= value : measured >= value;
        }
    }

    /** The worst value that was measured; empty if nothing was. */
    public Optional<Double> measured(Map<String, Results> results) {
        Comparator<Double> order = Comparator.naturalOrder();
        return formula.of(results).stream().max(limit.upper() ? order : order.reversed());
    }

    /** Whether it is reached; empty if nothing was measured. */
    public Optional<Boolean> holds(Map<String, Results> results) {
        return measured(results).map(limit::allows);
    }

    /** A value with its unit. */
    public String text(double value) {
        double size = Math.abs(value);
        String format = size >= 100 ? "%,.0f %s" : size >= 10 ? "%.1f %s" : "%.2f %s";
        return String.format(Locale.ROOT, format, value, unit);
    }

    /** The limit with its unit. */
    public String limitText() {
        var number = limit.value() == Math.rint(limit.value()) ? "%,.0f" : "%s";
        return (limit.upper() ? "≤ " : "≥ ") + String.format(Locale.ROOT, number, limit.value()) + " " + unit;
    }
}
