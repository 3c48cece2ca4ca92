// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.reader;

import java.time.Duration;
import java.util.List;

/**
 * What {@link ReaderBench} measures.
 *
 * @param threads how many read at a time; one measurement for each number
 * @param keys that hits are read from
 * @param duration of each measurement
 * @param warmUp of each way to read, once
 * @param stampede how many read one evicted key at once
 */
public record ReaderSettings(
        List<Integer> threads, int keys, Duration duration, Duration warmUp, int stampede, int rounds) {
    private static final int KEYS = 1_000;
    private static final int STAMPEDE = 500;
    private static final int MOST_THREADS = 256;

    public ReaderSettings {
        if (rounds < 1) {
            throw new IllegalArgumentException("--rounds is " + rounds + ", expected 1 or more");
        }
        threads = List.copyOf(threads);
        for (int number : threads) {
            if (number < 1 || number > MOST_THREADS) {
                throw new IllegalArgumentException(
                        "--threads: " + number + " is not a number of threads from 1 to " + MOST_THREADS);
            }
        }
    }

    /** The same with other numbers of threads. */
    public ReaderSettings with(List<Integer> otherThreads) {
        return new ReaderSettings(otherThreads, keys, duration, warmUp, stampede, rounds);
    }

    public static ReaderSettings usual(int rounds) {
        return new ReaderSettings(
                List.of(1, 2, 4, 8, 16, 32), KEYS, Duration.ofSeconds(3), Duration.ofSeconds(5), STAMPEDE, rounds);
    }

    /** Fewer threads, for a shorter time. */
    public static ReaderSettings quick(int rounds) {
        return new ReaderSettings(
                List.of(1, 8, 32), KEYS, Duration.ofSeconds(1), Duration.ofSeconds(2), STAMPEDE, rounds);
    }
}
