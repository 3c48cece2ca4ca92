// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.history;

import dev.freshet.lab.race.history.Observation.Kind;

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
        int count = reading.observations().size();
        var shown = new int[count];
        long age = 0;
        for (int i = 0; i < count; i++) {
            var observation = reading.observations().get(i);
            var history = observation.row().history();
            int required = history.required(reading.demand());
            int floor = forward && session != null ? session.floor(observation.row()) : 0;
            shown[i] = history.firstMatch(observation, Math.max(required, floor), reading.ended());
            if (shown[i] < 0) {
                return wrong(observation, required, floor, reading);
            }
            age = Math.max(age, age(observation, reading));
        }
        var torn = SnapshotCheck.contradiction(reading, shown);
        if (torn != null) {
            return torn;
        }
        if (session != null) {
            for (int i = 0; i < count; i++) {
                session.saw(reading.observations().get(i).row(), shown[i]);
            }
        }
        return Verdict.right(age);
    }

    private static Verdict wrong(Observation observation, int required, int floor, Reading reading) {
        var history = observation.row().history();
        int older = history.lastMatch(observation, Math.max(required, floor) - 1);
        if (older < 0) {
            return new Verdict(Violation.UNKNOWN, observation, "no transaction left " + observation, 0);
        }
        long age = age(observation, reading);
        if (older >= required) {
            return new Verdict(
                    Violation.BACKWARDS, observation, "the session had been shown " + history.get(floor), age);
        }
        var demanded = "demanded was " + history.get(required) + " ("
                + when(history.get(required).write(), reading) + ")";
        return new Verdict(violation(observation, history, older, required), observation, demanded, age);
    }

    private static Violation violation(Observation observation, History history, int older, int required) {
        if (observation.kind() == Kind.MISSING) {
            return Violation.VANISHED;
        }
        if (observation.kind() != Kind.ELSEWHERE) {
            for (int i = older + 1; i <= required; i++) {
                if (history.get(i).isCommitted() && !history.get(i).present()) {
                    return Violation.RESURRECTED;
                }
            }
        }
        return Violation.STALE;
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
    private static long age(Observation observation, Reading reading) {
        var history = observation.row().history();
        int size = history.size();
        for (int i = history.lastMatch(observation, size - 1) + 1; i < size; i++) {
            var version = history.get(i);
            if (version.write().started() > reading.started()) {
                return 0;
            }
            if (version.isCommitted() && !observation.matches(version)) {
                return Math.max(0, reading.started() - version.write().acknowledged());
            }
        }
        return 0;
    }
}
