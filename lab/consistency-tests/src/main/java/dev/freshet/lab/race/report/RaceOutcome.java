// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.report;

import dev.freshet.lab.race.count.ReadCounters;
import dev.freshet.lab.race.fault.Faults;
import dev.freshet.lab.race.fleet.Stampede;
import dev.freshet.lab.race.history.Protocol;
import dev.freshet.lab.race.writer.Writers;
import java.util.List;
import java.util.Map;

/**
 * The result of a run.
 *
 * @param seconds the duration of reading and writing
 * @param writers null if the run did not start to write
 * @param faults how often each fault was injected
 * @param drainSeconds the time at the end until everything was evicted
 * @param cached the number of answers from the cache after that; all were compared with the database
 * @param stampede what came of many readers at once; null if there were none
 * @param broken failures of the harness itself
 */
public record RaceOutcome(
        RaceSettings settings,
        boolean interrupted,
        double seconds,
        ReadCounters counters,
        Writers writers,
        Map<String, Long> faults,
        double drainSeconds,
        int cached,
        Stampede stampede,
        List<String> broken) {

    long violations() {
        return counters.wrong(Protocol.FRESHET);
    }

    /** The baselines that should have shown a violation but did not: the harness failed to detect it. */
    public List<Protocol> blindTo() {
        return settings.protocols().stream()
                .filter(protocol -> protocol != Protocol.FRESHET)
                // A lease is defeated only by a commit that the stream reports before it is visible.
                .filter(protocol -> protocol != Protocol.LEASE_ONLY || faults.getOrDefault(Faults.STALL, 0L) > 0)
                .filter(protocol -> counters.wrong(protocol) == 0)
                .sorted()
                .toList();
    }

    /** Whether every fault has been injected and every baseline has shown a violation. */
    public boolean isComplete() {
        return missing().isEmpty() && blindTo().isEmpty();
    }

    /** The requested faults that have not been injected. */
    List<String> missing() {
        return faults.entrySet().stream()
                .filter(fault -> fault.getValue() == 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The result in one word, which the exit code also expresses. */
    public String word() {
        if (violations() > 0) {
            return "violations";
        } else if (interrupted) {
            return "interrupted";
        } else if (!broken.isEmpty()) {
            return "broken";
        } else if (stampede != null && !stampede.isOneLoad()) {
            return "stampede";
        }
        if (!blindTo().isEmpty()) {
            return "blind";
        }
        return missing().isEmpty() ? "passed" : "incomplete";
    }

    public boolean isPassed() {
        return word().equals("passed");
    }
}
