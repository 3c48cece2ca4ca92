// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.plan.join;

import dev.freshet.core.stream.Row;
import dev.freshet.model.mapping.ColumnSet;
import dev.freshet.model.mapping.condition.Condition;
import dev.freshet.model.mapping.condition.Outcome;

/**
 * Columns of a table in a join whose changes matter although nothing is built from them, and the rows in which they do.
 *
 * @param when the condition that a row must meet
 */
public record Watch(ColumnSet columns, Condition when) {
    /**
     * Whether a row meets the condition, as far as that can be told.
     *
     * @param row null if there is none
     */
    public boolean mayHold(Row row) {
        return row != null && (isUnconditional() || when.outcome(row).canBeTrue());
    }

    /** Whether the condition may hold for one of two images of a row and not for the other. */
    public boolean mayTell(Row before, Row after) {
        if (isUnconditional()) {
            return false;
        }
        Outcome was = when.outcome(before);
        Outcome is = when.outcome(after);
        return (was.canBeTrue() || is.canBeTrue()) && !(was.isTrue() && is.isTrue());
    }

    /** Whether every row meets it. */
    boolean isUnconditional() {
        return when == Condition.ALWAYS;
    }
}
