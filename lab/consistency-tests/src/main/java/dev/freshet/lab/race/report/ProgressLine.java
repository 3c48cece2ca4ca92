// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.report;

import dev.freshet.lab.race.count.ReadCounters;
import dev.freshet.lab.race.history.Protocol;
import dev.freshet.lab.race.writer.WriteCounters;

/** Formats the progress of a run as one line. */
public final class ProgressLine {
    private ProgressLine() {}

    public static String line(
            long nanos, RaceSettings settings, ReadCounters counters, WriteCounters writes, String fault) {
        return "%d s of %d at least  %,d reads checked, %d violations  %,d writes%s%s"
                .formatted(
                        nanos / 1_000_000_000L,
                        settings.duration().toSeconds(),
                        counters.checked(Protocol.FRESHET),
                        counters.wrong(Protocol.FRESHET),
                        writes.committed(),
                        others(settings, counters),
                        fault.isEmpty() ? "" : "  fault: " + fault);
    }

    private static String others(RaceSettings settings, ReadCounters counters) {
        long wrong = settings.protocols().stream()
                .filter(protocol -> protocol != Protocol.FRESHET)
                .mapToLong(counters::wrong)
                .sum();
        return settings.protocols().size() == 1 ? "" : "  baselines: %,d violations".formatted(wrong);
    }
}
