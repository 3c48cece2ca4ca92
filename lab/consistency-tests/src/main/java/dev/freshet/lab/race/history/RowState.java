// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.history;

import java.util.Objects;

/**
 * A state of a row.
 *
 * @param write the write that created the state
 * @param present whether the row exists
 * @param parent the row above; null if there is none, or if the row does not exist
 * @param name the version of the write that last set the name; not every write does
 */
public record RowState(Write write, boolean present, Row parent, long name) {
    public RowState {
        Objects.requireNonNull(write, "write");
    }

    boolean isRolledBack() {
        return write.outcome() == Write.Outcome.ROLLED_BACK;
    }

    boolean isCommitted() {
        return write.outcome() == Write.Outcome.COMMITTED;
    }

    @Override
    public String toString() {
        return write + (present ? "" : ", absent") + (parent == null ? "" : ", under " + parent);
    }
}
