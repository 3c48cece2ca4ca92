// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.audit;

/**
 * What becomes of a suspicion.
 *
 * @param doubt why it stays open; null unless it does
 * @param why in words; null if it came to nothing
 */
record Judgement(Verdict verdict, UndecidedReason doubt, String why) {
    /** In the order of their weight. */
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
