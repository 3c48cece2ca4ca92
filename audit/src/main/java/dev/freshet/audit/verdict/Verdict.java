// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.audit.verdict;

/**
 * The verdict on a suspicion.
 *
 * @param doubt why it is undecided; null otherwise
 * @param why the reason in words; null if the entry is fine
 */
public record Verdict(Outcome outcome, UndecidedReason doubt, String why) {
    /** In order of severity. */
    public enum Outcome {
        FINE,
        UNDECIDED,
        VIOLATION
    }

    static final Verdict FINE = new Verdict(Outcome.FINE, null, null);

    static Verdict open(UndecidedReason doubt) {
        return new Verdict(Outcome.UNDECIDED, doubt, doubt.toString());
    }

    static Verdict violation(String why) {
        return new Verdict(Outcome.VIOLATION, null, why);
    }
}
