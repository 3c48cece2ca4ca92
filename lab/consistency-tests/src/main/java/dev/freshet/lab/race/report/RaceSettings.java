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
 * @param fleet number of further processes that read; 0 for none
 * @param stampede number of readers in the fleet that read one key at once, at the end; 0 for none
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
        int fleet,
        int stampede,
        int thinkMillis,
        int writers,
        int keys,
        boolean sentinel,
        List<String> faults,
        int restMillis,
        Set<Protocol> protocols,
        List<ConsistencyLevel> levels) {
    /** So many readers use the reader-service. */
    public static final int HTTP_READERS = 2;

    private static final int MOST_PROCESSES = 64;
    private static final int MOST_READERS_OF_A_PROCESS = 500;

    public RaceSettings {
        faults = List.copyOf(faults);
        levels = List.copyOf(levels);
        protocols = Set.copyOf(protocols);
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
        if (fleet < 0 || fleet > MOST_PROCESSES) {
            throw new IllegalArgumentException(
                    "--fleet is " + fleet + "; expected at most " + MOST_PROCESSES + " processes, or 0 for none");
        }
        if (fleet > 0 && !protocols.contains(Protocol.FRESHET)) {
            throw new IllegalArgumentException("--fleet is " + fleet
                    + " and --protocol leaves out freshet, which is what a fleet reads; expected --fleet 0");
        }
        int left = readers - baselines(protocols) * share(readers) - HTTP_READERS;
        if (fleet > 0 && left < processes + fleet) {
            throw new IllegalArgumentException("--readers is " + readers + ", of which " + Math.max(0, left)
                    + " are left for --processes " + processes + " and --fleet " + fleet
                    + "; expected one each at least: more readers, or a smaller fleet");
        }
        if (stampede != 0 && (stampede < fleet || stampede > fleet * MOST_READERS_OF_A_PROCESS)) {
            throw new IllegalArgumentException("--stampede is " + stampede + " and --fleet is " + fleet
                    + "; expected 1 to " + MOST_READERS_OF_A_PROCESS + " readers for each process, or 0 for none");
        }
    }

    /** The number of readers of each baseline. */
    public int share() {
        return share(readers);
    }

    /** The number of readers of Freshet. */
    public int freshetReaders() {
        return readers - baselines(protocols) * share(readers);
    }

    private static int share(int readers) {
        return Math.max(1, readers / 12);
    }

    private static int baselines(Set<Protocol> protocols) {
        return protocols.contains(Protocol.FRESHET) ? protocols.size() - 1 : protocols.size();
    }

    /** The maximum duration, if by then a fault is missing or a baseline has not shown a violation yet. */
    public Duration longest() {
        return duration.multipliedBy(2).plusMinutes(2);
    }
}
