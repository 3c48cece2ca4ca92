// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.plan;

import dev.freshet.model.mapping.TableName;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** Finds rows by columns: the database, or what a change stream has told so far. */
public interface Relations {
    /**
     * Hands every row of the table whose columns equal one of the tuples to the consumer, in any order. One query a
     * call. Tuples hold no nulls.
     *
     * @param columns the columns to match
     * @param tuples values in the order of the columns
     */
    void find(TableName table, List<String> columns, Collection<List<String>> tuples, Consumer<Row> rows);
}
