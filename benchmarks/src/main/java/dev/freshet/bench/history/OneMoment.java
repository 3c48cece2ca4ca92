// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.history;

import dev.freshet.bench.history.Glimpse.Kind;

/** Checks whether all rows of a value can have had the shown states at the same moment. */
final class OneMoment {
    private OneMoment() {}

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
        Glimpse newest = null;
        long over = Write.NEVER;
        Glimpse oldest = null;
        for (int i = 0; i < shown.length; i++) {
            var glimpse = reading.glimpses().get(i);
            if (glimpse.kind() != Kind.SHOWN && glimpse.kind() != Kind.NAMED) {
                continue;
            }
            long from = begun(glimpse, shown[i]);
            if (from > begun) {
                begun = from;
                newest = glimpse;
            }
            long until = overwritten(glimpse, shown[i]);
            if (until < over) {
                over = until;
                oldest = glimpse;
            }
            if (glimpse.kind() == Kind.SHOWN) {
                var half = half(reading, shown, i);
                if (half != null) {
                    return half;
                }
            }
        }
        return over < begun ? new Verdict(Fault.TORN, oldest, "overwritten before " + newest + " was begun", 0) : null;
    }

    /** A lower bound for the time from which the row had the shown state. */
    private static long begun(Glimpse glimpse, int shown) {
        var history = glimpse.row().history();
        // The name may be older than the state. The write that set it counts, so that the bound is not too late.
        int written = history.since(glimpse.version());
        return written <= shown && history.get(written).write().version() == glimpse.version()
                ? history.get(written).write().started()
                : Long.MIN_VALUE;
    }

    /** An upper bound for the time until which the row had the shown state. */
    private static long overwritten(Glimpse glimpse, int shown) {
        var history = glimpse.row().history();
        int size = history.size();
        for (int i = shown + 1; i < size; i++) {
            var version = history.get(i);
            if (version.isCommitted() && !glimpse.sameVersion(version)) {
                return version.write().acknowledged();
            }
        }
        return Write.NEVER;
    }

    /** Finds a transaction that one row shows and another row does not show yet. */
    private static Verdict half(Reading reading, int[] shown, int index) {
        var without = reading.glimpses().get(index);
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
                var with = reading.glimpses().get(j);
                if (j != index
                        && with.kind() == Kind.SHOWN
                        && with.row().history().get(shown[j]).write().version() >= write.version()
                        && write.touches(with.row())) {
                    return new Verdict(
                            Fault.TORN, without, with + " shows transaction \"" + write + "\", this does not", 0);
                }
            }
        }
        return null;
    }
}
