// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.bar;

import dev.freshet.lab.bench.result.Metric;
import dev.freshet.lab.bench.result.Results;
import dev.freshet.lab.bench.result.Spread;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What is compared with a limit: one number for each setting at which it was measured. */
@FunctionalInterface
interface Formula {
    /** @param results by the name of their benchmark; empty if none of them tells */
    List<Double> of(Map<String, Results> results);

    /** A metric of a subject, as the median over the rounds, at all settings that the regular expression matches. */
    static Formula value(String benchmark, String setting, String subject, String... metrics) {
        return each(benchmark, setting, metrics, (results, at, metric) -> results.spread(at, subject, metric));
    }

    /** How many times another subject's it is, as the median of the ratios within the rounds. */
    static Formula times(String benchmark, String setting, String subject, String other, String... metrics) {
        return each(benchmark, setting, metrics, (results, at, metric) -> results.ratio(at, subject, other, metric));
    }

    /** How many times the value at the first of these settings the values at the others are. */
    static Formula growth(String benchmark, String setting, String subject, String metric) {
        Formula values = value(benchmark, setting, subject, metric);
        return results -> {
            List<Double> all = values.of(results);
            return all.stream().skip(1).map(value -> value / all.get(0)).toList();
        };
    }

    /** The numbers of all of these. */
    static Formula all(Formula... formulas) {
        return results -> Stream.of(formulas)
                .flatMap(formula -> formula.of(results).stream())
                .toList();
    }

    /** One number of one setting. */
    interface Measure {
        Optional<Spread> of(Results results, String setting, Metric metric);
    }

    private static Formula each(String benchmark, String setting, String[] metrics, Measure measure) {
        return all -> Optional.ofNullable(all.get(benchmark)).stream()
                .flatMap(results -> results.settings().stream()
                        .filter(at -> at.matches(setting))
                        .flatMap(at -> Stream.of(metrics)
                                .flatMap(name -> results.metric(name).stream())
                                .flatMap(metric -> measure.of(results, at, metric).stream())))
                .map(Spread::median)
                .toList();
    }
}
