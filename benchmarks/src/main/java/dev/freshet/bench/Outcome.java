// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench;

import dev.freshet.bench.fault.Faults;
import dev.freshet.bench.history.Protocol;
import dev.freshet.bench.read.Tallies;
import dev.freshet.bench.write.Writers;
import java.util.List;
import java.util.Map;

/**
 * What a run has shown.
 *
 * @param seconds how long was read and written
 * @param writers null if it did not come to writing
 * @param faults how often each struck
 * @param drainSeconds until everything was evicted in the end
 * @param cached answers from the cache after that, all compared with the database
 * @param broken what went wrong in the harness itself
 */
record Outcome(
        Settings settings,
        boolean interrupted,
        double seconds,
        Tallies tallies,
        Writers writers,
        Map<String, Long> faults,
        double drainSeconds,
        int cached,
        List<String> broken) {

    long violations() {
        return tallies.wrong(Protocol.FRESHET);
    }

    /** The baselines that showed no violation although they should have: then the harness does not see them. */
    List<Protocol> blindTo() {
        return settings.protocols().stream()
                .filter(protocol -> protocol != Protocol.FRESHET)
                // Only a commit that is told before it is visible gets past a lease.
                .filter(protocol -> protocol != Protocol.LEASE_ONLY || faults.getOrDefault(Faults.STALL, 0L) > 0)
                .filter(protocol -> tallies.wrong(protocol) == 0)
                .sorted()
                .toList();
    }

    /** Whether every fault has struck, and every baseline was seen to be wrong. */
    boolean isComplete() {
        return missing().isEmpty() && blindTo().isEmpty();
    }

    /** The faults that were asked for and did not strike. */
    List<String> missing() {
        return faults.entrySet().stream()
                .filter(fault -> fault.getValue() == 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** In a word: what the exit code says. */
    String word() {
        if (violations() > 0) {
            return "violations";
        } else if (interrupted) {
            return "interrupted";
        } else if (!broken.isEmpty()) {
            return "broken";
        }
        if (!blindTo().isEmpty()) {
            return "blind";
        }
        return missing().isEmpty() ? "passed" : "incomplete";
    }

    boolean isPassed() {
        return word().equals("passed");
    }
}
