// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.write;

import dev.freshet.bench.world.Change;
import java.util.List;

/**
 * What a transaction is going to do.
 *
 * @param what in a word or two
 * @param changes row by row, parents before children
 * @param how how it is carried out
 */
record Intent(String what, List<Change> changes, How how) {
    /** How a transaction is carried out. */
    enum How {
        /** A statement for each change, with plain SQL or through the API. */
        EITHER,
        /** A statement for each change, with plain SQL. */
        SQL,
        /** One statement for all of a user's tasks that exist. */
        BULK,
        /** TRUNCATE of the tasks. */
        TRUNCATE_TASKS,
        /** TRUNCATE of everything. */
        TRUNCATE_ALL,
        /** As SQL, and taken back in the end. */
        ROLLBACK,
        /** As SQL, and left open for a while. */
        SLOW
    }

    Intent {
        changes = List.copyOf(changes);
    }
}
