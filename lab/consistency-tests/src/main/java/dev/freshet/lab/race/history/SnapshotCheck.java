// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.history;

import dev.freshet.lab.race.history.Observation.Kind;

/** Checks whether all rows of a value can have had the shown states at the same moment. */
final class SnapshotCheck {
    private SnapshotCheck() {}

    /**
     * Returns null if they can.
     *
     * @param shown the index of the state that the value shows, for each row
     */
    static Verdict contradiction(Reading reading, int[] shown) {
        if (shown.length < 2) {
            return null;
        }
        long begun = Long.MIN_VALUE;
        Observation newest = null;
        long over = Write.NEVER;
        Observation oldest = null;
        for (int i = 0; i < shown.length; i++) {
            var observation = reading.observations().get(i);
            if (observation.kind() != Kind.SHOWN && observation.kind() != Kind.NAMED) {
                continue;
            }
            long from = begun(observation, shown[i]);
            if (from > begun) {
                begun = from;
                newest = observation;
            }
            long until = overwritten(observation, shown[i]);
            if (until < over) {
                over = until;
                oldest = observation;
            }
            if (observation.kind() == Kind.SHOWN) {
                var half = half(reading, shown, i);
                if (half != null) {
                    return half;
                }
            }
        }
        return over < begun
                ? new Verdict(Violation.TORN, oldest, "overwritten before " + newest + " was begun", 0)
                : null;
    }

    /** A lower bound for the time from which the row had the shown state. */
    private static long begun(Observation observation, int shown) {
        var history = observation.row().history();
        // The name may be older than the state. The write that set it counts, so that the bound is not too late.
        int written = history.since(observation.version());
        return written <= shown && history.get(written).write().version() == observation.version()
                ? history.get(written).write().started()
                : Long.MIN_VALUE;
    }

    /** An upper bound for the time until which the row had the shown state. */
    private static long overwritten(Observation observation, int shown) {
        var history = observation.row().history();
        int size = history.size();
        for (int i = shown + 1; i < size; i++) {
            var version = history.get(i);
            if (version.isCommitted() && !observation.sameVersion(version)) {
                return version.write().acknowledged();
            }
        }
        return Write.NEVER;
    }

    /** Finds a transaction that one row shows and another row does not show yet. */
    private static Verdict half(Reading reading, int[] shown, int index) {
        var without = reading.observations().get(index);
        var history = without.row().history();
        int size = history.size();
        for (int i = shown[index] + 1; i < size; i++) {
            var write = history.get(i).write();
            if (write.started() > reading.ended()) {
                return null;
            }
            if (write.rows().size() == 1 || write.outcome() == Write.Outcome.ROLLED_BACK) {
                continue;
            }
            for (int j = 0; j < shown.length; j++) {
                var with = reading.observations().get(j);
                if (j != index
                        && with.kind() == Kind.SHOWN
                        && with.row().history().get(shown[j]).write().version() >= write.version()
                        && write.touches(with.row())) {
                    return new Verdict(
                            Violation.TORN, without, with + " shows transaction \"" + write + "\", this does not", 0);
                }
            }
        }
        return null;
    }
}
