// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.plan.rows;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What planning reads of a table.
 *
 * @param columns the columns that decide which keys and tags a row affects, and whether it has keys; the id first
 * @param by the column sets that {@link Relations#find} is called with; empty if no join looks the table up
 */
public record TableReads(List<String> columns, Set<List<String>> by) {
    public TableReads {
        columns = List.copyOf(columns);
        by = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(by));
    }
}
