// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.history;

import java.util.Objects;

/**
 * A state that a row had.
 *
 * @param write that made it
 * @param present whether the row exists
 * @param parent the row that it is below; null if it has none, or does not exist
 * @param name the version of the write that named it last: not every write does
 */
public record Version(Write write, boolean present, Row parent, long name) {
    public Version {
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
