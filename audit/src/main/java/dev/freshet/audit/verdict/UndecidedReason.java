// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.audit.verdict;

/** Why it is unknown whether an entry is right or wrong. */
public enum UndecidedReason {
    NO_HISTORY("changed since, and no history reaches back far enough to tell what changed"),
    HISTORY_CUT("changed since, by a transaction with more rows than the history shows"),
    NOT_DELIVERED("changed since, by a transaction that the invalidator has not seen"),
    TABLE_ALTERED("of a row that was rewritten when its table was altered"),
    ROW_MISSING("of a row that does not exist and may not have existed when the entry was loaded"),
    SAVEPOINT("changed since, perhaps by a savepoint of a transaction that was running when the entry was loaded"),
    OLD_ROW("of a row whose transaction id may date from before a wraparound"),
    LONG_LIST("of a list with more rows than the audit reads"),
    UNKNOWN_TAG("with a tag that no row change evicts"),
    BAD_ID("with a tag whose id does not fit the column's type"),
    POSITION_BEHIND("changed since, and the published position did not pass the change in time"),
    STOPPED("changed since, and the audit was stopped before the published position passed the change");

    private final String text;

    UndecidedReason(String text) {
        this.text = text;
    }

    /** In words, to follow "entries". */
    @Override
    public String toString() {
        return text;
    }
}
