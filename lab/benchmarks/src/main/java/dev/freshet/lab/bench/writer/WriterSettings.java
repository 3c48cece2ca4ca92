// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.writer;

import java.time.Duration;
import java.util.List;

/**
 * What {@link WriterBench} measures.
 *
 * @param connections how many write at a time; one measurement for each number
 * @param tasks rows of the one user, and of all others together
 * @param duration of each measurement
 * @param warmUp of each way to write, before it is measured without the invalidator and with it
 */
public record WriterSettings(List<Integer> connections, int tasks, Duration duration, Duration warmUp, int rounds) {
    private static final int TASKS = 10_000;
    /** More would wait for a connection of the writer-service's pool. */
    private static final int MOST_CONNECTIONS = 64;

    public WriterSettings {
        if (rounds < 1) {
            throw new IllegalArgumentException("--rounds is " + rounds + ", expected 1 or more");
        }
        connections = List.copyOf(connections);
        for (int number : connections) {
            if (number < 1 || number > MOST_CONNECTIONS) {
                throw new IllegalArgumentException(
                        "--connections: " + number + " is not a number of connections from 1 to " + MOST_CONNECTIONS);
            }
        }
    }

    /** The same with other numbers of connections. */
    public WriterSettings with(List<Integer> otherConnections) {
        return new WriterSettings(otherConnections, tasks, duration, warmUp, rounds);
    }

    public static WriterSettings usual(int rounds) {
        return new WriterSettings(List.of(1, 2, 4, 8), TASKS, Duration.ofSeconds(5), Duration.ofSeconds(10), rounds);
    }

    /** Fewer connections, for a shorter time. */
    public static WriterSettings quick(int rounds) {
        return new WriterSettings(List.of(1, 8), TASKS, Duration.ofSeconds(2), Duration.ofSeconds(4), rounds);
    }
}
