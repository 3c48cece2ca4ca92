// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.cases;

import dev.freshet.core.stream.RowChange;
import dev.freshet.model.mapping.Location;
import java.util.List;

/**
 * A case: rows that exist, the changes of one transaction, and what they must evict.
 *
 * @param rows as they were before, each as a CREATE
 * @param changes with their whole old and new rows
 */
record TestCase(String name, Location at, List<RowChange> rows, List<RowChange> changes, Expectation expected) {
    TestCase {
        rows = List.copyOf(rows);
        changes = List.copyOf(changes);
    }
}
