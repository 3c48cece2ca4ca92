// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.audit;

/** Why an entry can be called neither right nor wrong. */
public enum UndecidedReason {
    NO_HISTORY("changed since, and what changed is not known: no history reaches back so far"),
    HISTORY_CUT("changed since, by a transaction of more rows than the history shows"),
    NOT_DELIVERED("changed since, by a transaction that the invalidator has not seen"),
    TABLE_ALTERED("written anew when its table was altered"),
    ROW_MISSING("of a row that does not exist, which may have been so when it was loaded"),
    SAVEPOINT("changed by what may be a savepoint of a transaction that was running when it was loaded"),
    OLD_ROW("of a row whose transaction id may be one of an earlier round of the counter"),
    LONG_LIST("of a list with more rows than are looked at"),
    UNKNOWN_TAG("with a tag that no change of any row purges"),
    BAD_ID("with a tag whose id is no value of the column's type"),
    POSITION_BEHIND("changed since, and the published position did not come so far in time"),
    STOPPED("changed since, and the audit was stopped before the position had come so far");

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
