// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.scale;

import java.time.Duration;
import java.util.List;

/**
 * What {@link ScaleBench} measures.
 *
 * @param rows numbers of rows of the table
 * @param writers numbers of connections that commit as fast as they can
 * @param templates numbers of keys that each change evicts
 * @param duration of each measurement under load
 * @param changes how often a parent is changed, of which the median counts
 */
public record ScaleSettings(
        List<Long> rows, List<Integer> writers, List<Integer> templates, Duration duration, int changes, int rounds) {
    public ScaleSettings {
        rows = List.copyOf(rows);
        writers = List.copyOf(writers);
        templates = List.copyOf(templates);
        if (rows.stream().anyMatch(number -> number < ScaleBench.FAMILY)) {
            throw new IllegalArgumentException(
                    "--rows: " + rows + ", expected numbers of " + ScaleBench.FAMILY + " or more");
        }
        if (rounds < 1) {
            throw new IllegalArgumentException("--rounds is " + rounds + ", expected 1 or more");
        }
    }

    public static ScaleSettings usual(int rounds) {
        return new ScaleSettings(
                List.of(10_000L, 1_000_000L, 10_000_000L),
                List.of(1, 2, 4, 8),
                List.of(1, 10, 100),
                Duration.ofSeconds(15),
                50,
                rounds);
    }

    /** Fewer of everything, for a shorter time. */
    public static ScaleSettings quick(int rounds) {
        return new ScaleSettings(
                List.of(10_000L, 1_000_000L), List.of(1, 8), List.of(1, 100), Duration.ofSeconds(4), 25, rounds);
    }

    /** The same with other numbers of rows. */
    public ScaleSettings with(List<Long> otherRows) {
        return new ScaleSettings(otherRows, writers, templates, duration, changes, rounds);
    }
}
