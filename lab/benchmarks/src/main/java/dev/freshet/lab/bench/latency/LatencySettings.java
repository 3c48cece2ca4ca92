// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.latency;

import java.time.Duration;
import java.util.List;

/**
 * What {@link LatencyBench} measures.
 *
 * @param rates commits per second
 * @param duration of each rate
 * @param warmUp time under load, after each start of a subject
 * @param warmUpRate commits per second meanwhile
 */
public record LatencySettings(List<Integer> rates, Duration duration, Duration warmUp, int warmUpRate, int rounds) {
    public LatencySettings {
        if (rounds < 1) {
            throw new IllegalArgumentException("--rounds is " + rounds + ", expected 1 or more");
        }
        rates = List.copyOf(rates);
        for (int rate : rates) {
            if (rate < 1) {
                throw new IllegalArgumentException("--rates: " + rate + " is no rate, expected 1 or more commits/s");
            }
        }
    }

    /** The same at other rates. */
    public LatencySettings at(List<Integer> otherRates) {
        return new LatencySettings(otherRates, duration, warmUp, warmUpRate, rounds);
    }

    public static LatencySettings usual(int rounds) {
        return new LatencySettings(
                List.of(20, 200, 1_000, 2_000, 5_000), Duration.ofSeconds(15), Duration.ofSeconds(20), 1_000, rounds);
    }

    /** Fewer rates, for a shorter time. */
    public static LatencySettings quick(int rounds) {
        return new LatencySettings(List.of(20, 200, 2_000), Duration.ofSeconds(4), Duration.ofSeconds(8), 500, rounds);
    }
}
