// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.report;

import dev.freshet.lab.race.history.Protocol;
import dev.freshet.lab.race.source.ConsistencyLevel;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The settings of a run.
 *
 * @param duration minimum duration of reading and writing; start and drain come on top
 * @param readers number of reading threads, for all protocols together
 * @param processes number of caches in this process, each as a process of its own
 * @param thinkMillis average pause of a reader between two reads
 * @param keys minimum number of tasks
 * @param faults names of the faults
 * @param sentinel whether Redis has a replica and Sentinels
 * @param restMillis average pause between two faults
 */
public record RaceSettings(
        Duration duration,
        long seed,
        int readers,
        int processes,
        int thinkMillis,
        int writers,
        int keys,
        boolean sentinel,
        List<String> faults,
        int restMillis,
        Set<Protocol> protocols,
        List<ConsistencyLevel> levels) {
    public RaceSettings {
        faults = List.copyOf(faults);
        levels = List.copyOf(levels);
        if (duration.isZero()) {
            throw new IllegalArgumentException("--duration is 0; expected at least 1ms, such as 90s");
        }
        if (readers < 2 * protocols.size()) {
            throw new IllegalArgumentException("--readers is " + readers + ", too few for " + protocols.size()
                    + " protocols; expected two each at least");
        }
        if (processes < 2) {
            throw new IllegalArgumentException(
                    "--processes is " + processes + "; expected 2 or more, of which one has no leases");
        }
        if (writers < 1 || keys < 1) {
            throw new IllegalArgumentException("--writers is " + writers + " and --keys is " + keys
                    + "; expected at least one writer and one key");
        }
    }

    /** The maximum duration, if by then a fault is missing or a baseline has not shown a violation yet. */
    public Duration longest() {
        return duration.multipliedBy(2).plusMinutes(2);
    }
}
