// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.plan;

import dev.freshet.model.mapping.TableName;
import java.util.List;

/** Finds rows by columns: the database, or what a change stream has told so far. */
public interface Relations {
    /**
     * Hands every row whose columns equal one of the tuples to the consumer, in any order, with the tuple it matches.
     * Equal as the database compares, which may be more than the same text. One query a call. The consumer may call
     * {@code find} in turn.
     *
     * @param columns the columns to match
     * @param tuples values in the order of the columns; no nulls, no two the same
     * @throws LookUpException if the database cannot answer that, as of a value that the column cannot have
     */
    void find(TableName table, List<String> columns, List<List<String>> tuples, Found found);

    /** Takes rows one by one. */
    @FunctionalInterface
    interface Found {
        /**
         * Takes a row.
         *
         * @param tuple the index of the tuple that it matches
         * @param row has at least the columns that the {@link Planner} reads of the table
         */
        void row(int tuple, Row row);
    }
}
