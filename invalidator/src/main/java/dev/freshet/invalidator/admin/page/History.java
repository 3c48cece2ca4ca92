// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.admin.page;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** What the meters showed in the last 15 minutes. Thread-safe. */
final class History {
    static final Duration APART = Duration.ofSeconds(5);
    private static final Duration SPAN = Duration.ofMinutes(15);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Deque<Sample> samples = new ArrayDeque<>();

    /**
     * The meters at a moment; NaN where one is unknown. Counts are since the start of the process.
     *
     * @param lag age of the last evicted commit, in seconds
     * @param lagBytes WAL that is not acknowledged
     */
    record Sample(
            Instant at, double lag, double transactions, double rows, double present, double absent, double lagBytes) {}

    synchronized void add(Sample sample) {
        samples.addLast(sample);
        while (samples.peekFirst().at().isBefore(sample.at().minus(SPAN))) {
            samples.removeFirst();
        }
    }

    /** The oldest first. */
    synchronized List<Sample> samples() {
        return List.copyOf(samples);
    }

    /** The newest sample that is a minute old or older; if there is none, the oldest. Empty before the first. */
    synchronized Optional<Sample> minuteBefore(Instant now) {
        Sample found = samples.peekFirst();
        for (Sample each : samples) {
            if (each.at().isAfter(now.minus(MINUTE))) {
                break;
            }
            found = each;
        }
        return Optional.ofNullable(found);
    }
}
