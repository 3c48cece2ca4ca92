// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench;

import dev.freshet.bench.history.Protocol;
import dev.freshet.bench.read.Level;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What a run is to be.
 *
 * @param duration of reading and writing, at least; start and drain come on top
 * @param readers threads that read, of all protocols together
 * @param thinkMillis how long a reader thinks on average between two reads
 * @param keys how many tasks there are at least
 * @param faults by name
 * @param sentinel whether Redis has a replica and Sentinels
 * @param restMillis how long there is peace on average between two faults
 */
record Settings(
        Duration duration,
        long seed,
        int readers,
        int thinkMillis,
        int writers,
        int keys,
        boolean sentinel,
        List<String> faults,
        int restMillis,
        Set<Protocol> protocols,
        List<Level> levels) {
    Settings {
        faults = List.copyOf(faults);
        levels = List.copyOf(levels);
        if (duration.isZero()) {
            throw new IllegalArgumentException("--duration is 0; expected at least 1ms, such as 90s");
        }
        if (readers < 2 * protocols.size()) {
            throw new IllegalArgumentException("--readers is " + readers + ", too few for " + protocols.size()
                    + " protocols; expected two each at least");
        }
        if (writers < 1 || keys < 1) {
            throw new IllegalArgumentException("--writers is " + writers + " and --keys is " + keys
                    + "; expected at least one writer and one key");
        }
    }

    /** How long it goes on at most if not every fault has struck by then, or a baseline has not been wrong yet. */
    Duration longest() {
        return duration.multipliedBy(2).plusMinutes(2);
    }
}
