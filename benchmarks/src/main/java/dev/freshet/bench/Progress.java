// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench;

import dev.freshet.bench.history.Protocol;
import dev.freshet.bench.read.Tallies;
import dev.freshet.bench.write.WriteCounters;

/** Formats the progress of a run as one line. */
final class Progress {
    private Progress() {}

    static String line(long nanos, Settings settings, Tallies tallies, WriteCounters writes, String fault) {
        return "%d s of %d at least  %,d reads checked, %d violations  %,d writes%s%s"
                .formatted(
                        nanos / 1_000_000_000L,
                        settings.duration().toSeconds(),
                        tallies.checked(Protocol.FRESHET),
                        tallies.wrong(Protocol.FRESHET),
                        writes.committed(),
                        others(settings, tallies),
                        fault.isEmpty() ? "" : "  fault: " + fault);
    }

    private static String others(Settings settings, Tallies tallies) {
        long wrong = settings.protocols().stream()
                .filter(protocol -> protocol != Protocol.FRESHET)
                .mapToLong(tallies::wrong)
                .sum();
        return settings.protocols().size() == 1 ? "" : "  baselines: %,d violations".formatted(wrong);
    }
}
