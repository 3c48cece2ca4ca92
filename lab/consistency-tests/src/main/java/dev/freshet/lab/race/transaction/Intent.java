// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.transaction;

import dev.freshet.lab.race.world.Change;
import java.util.List;

/**
 * What a transaction is going to do.
 *
 * @param what its description, in a word or two
 * @param changes row by row, parents before children
 * @param how how it is carried out
 */
public record Intent(String what, List<Change> changes, How how) {
    /** How a transaction is carried out. */
    enum How {
        /** One statement per change, with plain SQL or through the API. */
        EITHER,
        /** One statement per change, with plain SQL. */
        SQL,
        /** One statement for all existing tasks of a user. */
        BULK,
        /** TRUNCATE of the tasks. */
        TRUNCATE_TASKS,
        /** TRUNCATE of everything. */
        TRUNCATE_ALL,
        /** Like SQL, but rolled back at the end. */
        ROLLBACK,
        /** Like SQL, but left open for a while. */
        SLOW
    }

    public Intent {
        changes = List.copyOf(changes);
    }
}
