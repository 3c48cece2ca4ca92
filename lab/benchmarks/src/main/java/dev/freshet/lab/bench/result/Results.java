// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * All samples of a benchmark.
 *
 * @param name of the benchmark
 * @param baseline the subject that the others are compared with
 */
public record Results(String name, String baseline, List<Metric> metrics, List<Sample> samples) {
    public Results {
        metrics = List.copyOf(metrics);
        samples = List.copyOf(samples);
    }

    /** The same benchmark with other samples. */
    Results with(List<Sample> otherSamples) {
        return new Results(name, baseline, metrics, otherSamples);
    }

    /** What was measured at this setting, with only the metrics that mean something there. */
    public Results at(String setting) {
        var there = samples.stream()
                .filter(sample -> sample.setting().equals(setting))
                .toList();
        var measured = metrics.stream()
                .filter(metric ->
                        there.stream().anyMatch(sample -> sample.values().containsKey(metric.name())))
                .toList();
        return new Results(name, baseline, measured, there);
    }

    /** In the order in which they were measured. */
    public List<String> settings() {
        return distinct(Sample::setting);
    }

    /** In the order in which they were first measured. */
    public List<String> subjects() {
        return distinct(Sample::subject);
    }

    private List<String> distinct(Function<Sample, String> part) {
        return samples.stream().map(part).distinct().toList();
    }

    /** The metric with this name; empty if this benchmark has none. */
    public Optional<Metric> metric(String metricName) {
        return metrics.stream()
                .filter(metric -> metric.name().equals(metricName))
                .findFirst();
    }

    /** Over all rounds; empty if there was no such measurement. */
    public Optional<Spread> spread(String setting, String subject, Metric metric) {
        var values = samples.stream()
                .filter(sample ->
                        sample.setting().equals(setting) && sample.subject().equals(subject))
                .flatMap(sample -> Optional.ofNullable(sample.values().get(metric.name())).stream())
                .toList();
        return values.isEmpty() ? Optional.empty() : Optional.of(Spread.of(values));
    }

    /**
     * How many times the baseline's value. Subject and baseline are compared within each round, so that what slows the
     * machine down slows down both. Empty if there is no round with both, or the baseline's value is 0.
     */
    public Optional<Spread> ratio(String setting, String subject, Metric metric) {
        return ratio(setting, subject, baseline, metric);
    }

    /** The same with another subject in the place of the baseline. */
    public Optional<Spread> ratio(String setting, String subject, String other, Metric metric) {
        var ratios = new ArrayList<Double>();
        for (Sample sample : samples) {
            if (sample.setting().equals(setting) && sample.subject().equals(subject)) {
                Double value = sample.values().get(metric.name());
                double base = inTheSameRound(sample, other, metric);
                if (value != null && base > 0) {
                    ratios.add(value / base);
                }
            }
        }
        return ratios.isEmpty() ? Optional.empty() : Optional.of(Spread.of(ratios));
    }

    private double inTheSameRound(Sample sample, String subject, Metric metric) {
        return samples.stream()
                .filter(other -> other.subject().equals(subject)
                        && other.setting().equals(sample.setting())
                        && other.round() == sample.round())
                .flatMap(other -> Optional.ofNullable(other.values().get(metric.name())).stream())
                .findFirst()
                .orElse(0.0);
    }
}
