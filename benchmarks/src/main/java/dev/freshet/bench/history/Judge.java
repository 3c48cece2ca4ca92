// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.history;

import dev.freshet.bench.history.Glimpse.Kind;

/** Compares an answer with the histories of the rows that it was computed from. See the package. Thread-safe. */
public final class Judge {
    /** Judges an answer only by its demand. */
    public Verdict judge(Reading reading) {
        return judge(reading, null, false);
    }

    /**
     * Judges an answer and records in the session what the client was shown.
     *
     * @param session may be null
     * @param forward whether the level promises that the session never goes backwards
     */
    public Verdict judge(Reading reading, Session session, boolean forward) {
        int count = reading.glimpses().size();
        var shown = new int[count];
        long age = 0;
        for (int i = 0; i < count; i++) {
            var glimpse = reading.glimpses().get(i);
            var history = glimpse.row().history();
            int required = history.required(reading.demand());
            int floor = forward && session != null ? session.floor(glimpse.row()) : 0;
            shown[i] = history.firstMatch(glimpse, Math.max(required, floor), reading.ended());
            if (shown[i] < 0) {
                return wrong(glimpse, required, floor, reading);
            }
            age = Math.max(age, age(glimpse, reading));
        }
        var torn = OneMoment.contradiction(reading, shown);
        if (torn != null) {
            return torn;
        }
        if (session != null) {
            for (int i = 0; i < count; i++) {
                session.saw(reading.glimpses().get(i).row(), shown[i]);
            }
        }
        return Verdict.right(age);
    }

    private static Verdict wrong(Glimpse glimpse, int required, int floor, Reading reading) {
        var history = glimpse.row().history();
        int older = history.lastMatch(glimpse, Math.max(required, floor) - 1);
        if (older < 0) {
            return new Verdict(Fault.UNKNOWN, glimpse, "no transaction left " + glimpse, 0);
        }
        long age = age(glimpse, reading);
        if (older >= required) {
            return new Verdict(Fault.BACKWARDS, glimpse, "the session had been shown " + history.get(floor), age);
        }
        var demanded = "demanded was " + history.get(required) + " ("
                + when(history.get(required).write(), reading) + ")";
        return new Verdict(fault(glimpse, history, older, required), glimpse, demanded, age);
    }

    private static Fault fault(Glimpse glimpse, History history, int older, int required) {
        if (glimpse.kind() == Kind.MISSING) {
            return Fault.VANISHED;
        }
        if (glimpse.kind() != Kind.ELSEWHERE) {
            for (int i = older + 1; i <= required; i++) {
                if (history.get(i).isCommitted() && !history.get(i).present()) {
                    return Fault.RESURRECTED;
                }
            }
        }
        return Fault.STALE;
    }

    private static String when(Write write, Reading reading) {
        return write.acknowledged() == Write.NEVER
                ? "not acknowledged yet"
                : "acknowledged %.3f ms before the read began"
                        .formatted((reading.started() - write.acknowledged()) / 1e6);
    }

    /**
     * For how long a newer state had been known when the read began. The row may have had the shown state more than
     * once.
     */
    private static long age(Glimpse glimpse, Reading reading) {
        var history = glimpse.row().history();
        int size = history.size();
        for (int i = history.lastMatch(glimpse, size - 1) + 1; i < size; i++) {
            var version = history.get(i);
            if (version.write().started() > reading.started()) {
                return 0;
            }
            if (version.isCommitted() && !glimpse.matches(version)) {
                return Math.max(0, reading.started() - version.write().acknowledged());
            }
        }
        return 0;
    }
}
