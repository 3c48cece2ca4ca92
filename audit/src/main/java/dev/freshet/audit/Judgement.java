// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.audit;

/**
 * The verdict on a suspicion.
 *
 * @param doubt why it is undecided; null otherwise
 * @param why the reason in words; null if the entry is fine
 */
record Judgement(Verdict verdict, UndecidedReason doubt, String why) {
    /** In order of severity. */
    enum Verdict {
        FINE,
        UNDECIDED,
        VIOLATION
    }

    static final Judgement FINE = new Judgement(Verdict.FINE, null, null);

    static Judgement open(UndecidedReason doubt) {
        return new Judgement(Verdict.UNDECIDED, doubt, doubt.toString());
    }

    static Judgement violation(String why) {
        return new Judgement(Verdict.VIOLATION, null, why);
    }
}
